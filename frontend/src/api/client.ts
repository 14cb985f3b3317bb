import createClient, { type Middleware } from "openapi-fetch";

import { ApiError, Unreachable } from "@/api/errors";
import { newId } from "@/api/ids";
import { askProof } from "@/api/proof";
import type { paths } from "@/api/schema";

const KEY = "Idempotency-Key";
const CSRF = "X-CSRFToken";

let csrfToken = "";
let onSignedOut: (code: string) => void = () => undefined;

/** The token that every write carries; it changes at sign-in. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}
export const csrfTokenNow = (): string => csrfToken;

/** What to do when the server says that nobody is signed in any more, and why: `locked`, `not_signed_in`, … */
export function whenSignedOut(act: (code: string) => void): void {
  onSignedOut = act;
}

const writing: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept", "application/json");
    if (request.method === "GET") return;
    request.headers.set(CSRF, csrfToken);
    if (request.method === "POST" && !request.headers.has(KEY)) request.headers.set(KEY, newId());
  },
};

/** Sends a request, and sends it again with a new token when its own was old, or once the person has given the proof that is asked. */
async function sendAsAsked(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await globalThis.fetch(request);
  const refused = await codeOfRefusal(answer);
  if (refused === "csrf") await readToken();
  else if (refused !== "reauthentication_required" || !(await askProof())) return answer;
  if (again.headers.has(CSRF)) again.headers.set(CSRF, csrfToken);
  return globalThis.fetch(again);
}

async function codeOfRefusal(answer: Response): Promise<unknown> {
  if (answer.status !== 403) return undefined;
  return asRefusal(await answer.clone().json().catch(() => null)).code;
}

/** The token changes when somebody signs in, in whatever tab of this browser. */
async function readToken(): Promise<void> {
  const answer = await globalThis.fetch(new Request(`${location.origin}/api/session/csrf`, { credentials: "same-origin" }));
  const { csrf } = asRefusal(await answer.json().catch(() => null));
  if (typeof csrf === "string") csrfToken = csrf;
}

/** The routes of `/api`, typed from the server's OpenAPI document. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin", fetch: sendAsAsked });
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
  const refusal = new ApiError(response.status, asRefusal(error));
  if (response.status === 401 && new URL(response.url || "/", location.origin).pathname !== "/api/session") onSignedOut(refusal.code);
  throw refusal;
}
