import { api, ok } from "@/api/client";

/** The direct conversation with a colleague, opened when there was none. */
export const openDirect = (person: string) => ok(api.POST("/api/conversations/direct", { body: { person } }));
