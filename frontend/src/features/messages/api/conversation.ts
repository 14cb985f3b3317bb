import { api, ok } from "@/api/client";
import type { ConversationDetail } from "@/features/messages/api/types";
import type { StreamEvent } from "@/realtime/frames";
import { liveQuery, REFETCH } from "@/realtime/live";

/** The conversation after an event: whoever read is further; pure. */
export function applyToConversation(conversation: ConversationDetail, event: StreamEvent): ConversationDetail | typeof REFETCH {
  if (event.kind === "participants.changed") return REFETCH;
  if (event.kind !== "read.moved") return conversation;
  const ordinal = Number(event.data.ordinal);
  const members = conversation.members.map((member) =>
    member.id === event.data.person ? { ...member, read_ordinal: Math.max(member.read_ordinal, ordinal) } : member,
  );
  return { ...conversation, members };
}

/** One conversation with its members and how far each has read. */
export const conversationQuery = (id: string) =>
  liveQuery<ConversationDetail>({
    queryKey: ["conversation", id],
    fetch: (signal) => ok(api.GET("/api/conversations/{conversation_id}", { params: { path: { conversation_id: id } }, signal })),
    apply: applyToConversation,
  });
