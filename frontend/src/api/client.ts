import { newId } from "@/api/ids";
import { ApiError, Unreachable } from "@/api/errors";

type Query = Record<string, string | number | boolean | null | undefined>;
type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

interface Options {
  query?: Query;
  body?: unknown;
  /** Reuse the same key when the same intention is tried again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

let csrfToken = "";
let onSignedOut: () => void = () => undefined;

/** The token that every write carries; it changes at sign-in. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** What to do when the server says that nobody is signed in any more. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api${path}${search ? `?${search}` : ""}`;
}

function headers(method: Method, { body, idempotencyKey }: Options): Headers {
  const all = new Headers({ Accept: "application/json" });
  if (method === "GET") return all;
  all.set("X-CSRFToken", csrfToken);
  if (body !== undefined) all.set("Content-Type", "application/json");
  if (method === "POST") all.set("Idempotency-Key", idempotencyKey ?? newId());
  return all;
}

async function parse(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}

/** One request to `/api`: the JSON answer, an `ApiError` with the server's reason, or `Unreachable`. */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers: headers(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      credentials: "same-origin",
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable();
  }
  const answer = await parse(response);
  if (response.ok) return answer as T;
  if (response.status === 502 || response.status === 504) throw new Unreachable();
  const error = new ApiError(response.status, answer as Record<string, unknown>);
  if (response.status === 401 && path !== "/session") onSignedOut();
  throw error;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>("GET", path, { query, signal });
export const post = <T>(path: string, body: unknown = {}, idempotencyKey?: string) =>
  request<T>("POST", path, { body, idempotencyKey });
export const patch = <T>(path: string, body: unknown) => request<T>("PATCH", path, { body });
export const remove = (path: string) => request<unknown>("DELETE", path);
