import { api, ok } from "@/api/client";
import { queryClient } from "@/api/queryClient";
import type { Conversation, ConversationList, Message } from "@/features/messages/api/types";
import { sessionQuery } from "@/features/session/api/session";
import type { StreamEvent } from "@/realtime/frames";
import { liveQuery, REFETCH } from "@/realtime/live";

const EXCERPT = 140;

/** Who reads this screen. */
export const reader = (): string | undefined => queryClient.getQueryData(sessionQuery.queryKey)?.person.id;

/** The beginning of a message on one line, as the server cuts it. */
function excerptOf(body: string): string {
  const line = Array.from(body.trim().split(/\s+/).join(" "));
  return line.length <= EXCERPT ? line.join("") : `${line.slice(0, EXCERPT - 1).join("")}…`;
}

/** The conversation after a message: its last line moves; a message of someone else is one more to read. */
function withMessage(conversation: Conversation, message: Message, me: string | undefined): Conversation {
  if (message.ordinal <= conversation.last_ordinal) return conversation;
  return {
    ...conversation,
    last: { author: message.author, excerpt: excerptOf(message.body), at: message.at, ordinal: message.ordinal },
    last_ordinal: message.ordinal,
    unread: conversation.unread + (message.author.id === me ? 0 : 1),
  };
}

/** The list after this person has read up to `ordinal`; how many are left is only known when all was read. */
function withReading(list: ConversationList, id: string, ordinal: number): ConversationList | typeof REFETCH {
  const here = list.items.find((conversation) => conversation.id === id);
  if (!here || ordinal <= here.read_ordinal) return list;
  if (ordinal < here.last_ordinal) return REFETCH;
  return { ...list, items: list.items.map((one) => (one.id === id ? { ...one, read_ordinal: ordinal, unread: 0 } : one)) };
}

/** The list after an event; pure. */
export function applyToConversations(list: ConversationList, event: StreamEvent, me = reader()): ConversationList | typeof REFETCH {
  switch (event.kind) {
    case "message.posted": {
      const message = event.data as unknown as Message;
      return { ...list, items: list.items.map((one) => (one.id === event.stream ? withMessage(one, message, me) : one)) };
    }
    case "read.moved":
      return event.data.person === me ? withReading(list, event.stream, Number(event.data.ordinal)) : list;
    case "conversation.opened":
      return REFETCH;
    default:
      return list;
  }
}

/** Every conversation of this person; all their streams are followed, so the unread figure is exact. */
export const conversationsQuery = liveQuery<ConversationList>({
  queryKey: ["conversations"],
  fetch: (signal) => ok(api.GET("/api/conversations", { signal })),
  apply: (list, event) => applyToConversations(list, event),
});
