import { get } from "@/api/client";
import type { Heads } from "@/api/types";
import type { Conversation, Message } from "@/features/messages/api/types";
import { sessionQuery } from "@/features/session/api/session";
import { queryClient } from "@/api/queryClient";
import type { StreamEvent } from "@/realtime/frames";
import { liveQuery, REFETCH } from "@/realtime/live";

export interface ConversationList {
  items: Conversation[];
  heads: Heads;
}

const EXCERPT = 140;

const me = (): string | undefined => queryClient.getQueryData(sessionQuery.queryKey)?.person.id;

/** The conversation after a message: its last line moves; it counts as unread unless this person wrote it. */
function withMessage(conversation: Conversation, message: Message, reader: string | undefined): Conversation {
  if (message.ordinal <= conversation.last_ordinal) return conversation;
  const mine = message.author.id === reader;
  return {
    ...conversation,
    last: { author: message.author, excerpt: message.body.slice(0, EXCERPT), at: message.at, ordinal: message.ordinal },
    last_ordinal: message.ordinal,
    read_ordinal: mine ? message.ordinal : conversation.read_ordinal,
    unread: mine ? 0 : conversation.unread + 1,
  };
}

/** The conversation after this person has read up to `ordinal`, on any screen. */
export function withReading(conversation: Conversation, ordinal: number): Conversation {
  const read = Math.max(conversation.read_ordinal, ordinal);
  return { ...conversation, read_ordinal: read, unread: Math.max(0, conversation.last_ordinal - read) };
}

function changed(conversation: Conversation, event: StreamEvent, reader: string | undefined): Conversation {
  if (conversation.id !== event.stream) return conversation;
  if (event.kind === "message.posted") return withMessage(conversation, event.data as unknown as Message, reader);
  if (event.kind === "read.moved" && event.data.person === reader) return withReading(conversation, Number(event.data.ordinal));
  return conversation;
}

/** The list after an event; pure. */
export function applyToConversations(list: ConversationList, event: StreamEvent, reader: string | undefined = me()) {
  if (event.kind.startsWith("conversation.")) return REFETCH;
  return { ...list, items: list.items.map((conversation) => changed(conversation, event, reader)) };
}

/** Every conversation of this person; all their streams are followed, so the unread figure is exact. */
export const conversationsQuery = liveQuery<ConversationList>({
  queryKey: ["conversations"],
  fetch: (signal) => get<ConversationList>("/conversations", undefined, signal),
  apply: (list, event) => applyToConversations(list, event),
});
