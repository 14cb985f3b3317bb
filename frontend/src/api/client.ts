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
