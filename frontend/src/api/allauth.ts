import { api, csrfTokenNow, ok, setCsrfToken } from "@/api/client";
import { ApiError, Unreachable } from "@/api/errors";
import { askProof } from "@/api/proof";

const ROOT = "/_allauth/browser/v1";

/** A way on that the server offers; pending when it waits for this very answer. */
export interface Flow {
  id: string;
  is_pending?: boolean;
  types?: string[];
}

interface Fault {
  code: string;
  message: string;
  param?: string;
}

/** What the sign-in routes answer (the headless API of django-allauth, browser client). */
export interface Reply<Data = unknown, Meta = unknown> {
  status: number;
  data: Data;
  meta: Meta;
  errors?: Fault[];
}

interface Standing {
  flows?: Flow[];
}
interface Known {
  is_authenticated?: boolean;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * Asks a sign-in route. Comes back with 200, with 401 when another step is to follow, and with 404 when there is no such
 * thing yet; everything else rejects. When the server wants proof of who is asking, the person is asked and it is sent again.
 */
export async function ask<Data, Meta = unknown>(method: Method, path: string, body?: unknown): Promise<Reply<Data, Meta>> {
  const reply = await send<Data, Meta>(method, path, body);
  return wantsProof(reply) && (await askProof()) ? accepted(await send<Data, Meta>(method, path, body)) : accepted(reply);
}

/** The same without ever asking for proof: for the routes that give it. */
export const prove = async (method: Method, path: string, body?: unknown) => accepted(await send<unknown, unknown>(method, path, body));

const wantsProof = (reply: Reply) => reply.status === 401 && (reply.meta as Known | undefined)?.is_authenticated === true;

async function send<Data, Meta>(method: Method, path: string, body?: unknown): Promise<Reply<Data, Meta>> {
  if (method !== "GET") await renewToken();
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfTokenNow();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(ROOT + path, { method, headers, credentials: "same-origin", body: JSON.stringify(body) }).catch(() => {
    throw new Unreachable();
  });
  const said: unknown = await response.json().catch(() => ({}));
  return { ...(said as Reply<Data, Meta>), status: response.status };
}

/** Signing in changes the token; whoever signs in step by step asks for the one of the moment. */
export async function renewToken(): Promise<void> {
  setCsrfToken((await ok(api.GET("/api/session/csrf"))).csrf);
}

function accepted<Data, Meta>(reply: Reply<Data, Meta>): Reply<Data, Meta> {
  if (reply.status === 502 || reply.status === 504) throw new Unreachable();
  if (reply.status === 200 || reply.status === 404 || (reply.status === 401 && !wantsProof(reply))) return reply;
  throw refusal(reply);
}

/** A refusal as every other one: the first fault's code and sentence, and the faults by field. */
function refusal({ status, errors = [], ...body }: Reply): ApiError {
  const [first] = errors;
  const said = body as Partial<Record<"code" | "detail", string>>;
  const code = status === 401 ? "reauthentication_required" : status === 429 ? "too_many_attempts" : (first?.code ?? said.code);
  const fields = Object.fromEntries(errors.map((fault) => [fault.param ?? "", fault.message]));
  return new ApiError(status, { code, detail: first?.message ?? said.detail, fields });
}

/** The ways in which an unfinished sign-in may be completed; null when none is under way. */
export function pendingWays(reply: Reply): string[] | null {
  const flows = (reply.data as Standing | undefined)?.flows ?? [];
  return flows.find((flow) => flow.id === "mfa_authenticate" && flow.is_pending)?.types ?? null;
}
