import createClient, { type Middleware } from "openapi-fetch";

import { ApiError, Unreachable } from "@/api/errors";
import { newId } from "@/api/ids";
import type { paths } from "@/api/schema";

const KEY = "Idempotency-Key";

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

const writing: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept", "application/json");
    if (request.method === "GET") return;
    request.headers.set("X-CSRFToken", csrfToken);
    if (request.method === "POST" && !request.headers.has(KEY)) request.headers.set(KEY, newId());
  },
};

/** The routes of `/api`, typed from the server's OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});
api.use(writing);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const asRefusal = (error: unknown): Record<string, unknown> =>
  typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};

/** The answer of one request; rejects with an `ApiError` that has the server's reason, or with `Unreachable`. */
export async function ok<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked.catch((failure: unknown) => {
    throw failure instanceof DOMException && failure.name === "AbortError" ? failure : new Unreachable();
  });
  if (response.ok) return data as T;
  if (response.status === 502 || response.status === 504) throw new Unreachable();
  if (response.status === 401 && new URL(response.url || "/", location.origin).pathname !== "/api/session") onSignedOut();
  throw new ApiError(response.status, asRefusal(error));
}

/** The same key on every try of the same intention makes the server do it once. */
export const once = (key: string) => ({ headers: { [KEY]: key } });

type Query = Record<string, string | number | boolean | null | undefined>;

/** A route that the OpenAPI document does not have yet. */
async function untyped<T>(method: string, path: string, query: Query = {}, body?: unknown, init: RequestInit = {}): Promise<T> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const headers = new Headers({ Accept: "application/json", ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken }) });
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  if (method === "POST" && !headers.has(KEY)) headers.set(KEY, newId());
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const sent = fetch(`/api${path}${search ? `?${search}` : ""}`, { ...init, method, headers, body: body === undefined ? null : JSON.stringify(body) });
  return ok<T>(
    sent.then(async (response) => {
      const answer = (await response.json().catch(() => ({}))) as unknown;
      return response.ok ? { data: answer as T, response } : { error: answer, response };
    }),
  );
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => untyped<T>("GET", path, query, undefined, { signal: signal ?? null });
export const post = <T>(path: string, body: unknown = {}, key?: string) => untyped<T>("POST", path, {}, body, key ? once(key) : {});
export const patch = <T>(path: string, body: unknown) => untyped<T>("PATCH", path, {}, body);
export const remove = (path: string) => untyped<unknown>("DELETE", path);
