import { post } from "@/api/client";
import type { Conversation } from "@/features/messages/api/types";

/** The direct conversation with a colleague, opened when there was none. */
export const openDirect = (person: string) => post<Conversation>("/conversations/direct", { person });
