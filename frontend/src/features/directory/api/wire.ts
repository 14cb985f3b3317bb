import { api, ok } from "@/api/client";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Ask = (path: string, init: unknown) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** TEMPORARY: routes that the generated types do not name yet. */
export const ask = <T>(method: Method, path: string, init: unknown = {}): Promise<T> =>
  ok((api as unknown as Record<Method, Ask>)[method](path, init)) as Promise<T>;
