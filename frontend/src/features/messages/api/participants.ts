import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";
import type { ConversationDetail } from "@/features/messages/api/types";

/** The same key with the same person invites once, however often it is sent. */
export const invite = (conversation: string, body: Schema<"ParticipantIn">, key: string): Promise<ConversationDetail> =>
  ok(
    api.POST("/api/conversations/{conversation_id}/participants", {
      body,
      params: { path: { conversation_id: conversation }, header: { "Idempotency-Key": key } },
    }),
  );

export const dismiss = (conversation: string, person: string) =>
  ok(
    api.DELETE("/api/conversations/{conversation_id}/participants/{person_id}", {
      params: { path: { conversation_id: conversation, person_id: person } },
    }),
  );
