import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Message, MessagePage } from "@/features/messages/api/types";
import type { StreamEvent } from "@/realtime/frames";
import { advance, fetchCurrent, REFETCH } from "@/realtime/live";

const PAGE = 60;

/** The newest page is asked for with null, an older one with the ordinal it comes before. */
type Before = number | null;
export type Thread = InfiniteData<MessagePage, Before>;

/** Whether a task was made from a message of this page, or has changed: only the server knows who may read its title. */
const isLinkedIn = (page: MessagePage, event: StreamEvent): boolean =>
  event.kind === "message.linked" && page.items.some((item) => item.id === event.data.message);

/** A page after an event; only the newest one receives new messages. Pure, and harmless when repeated. */
export function applyToPage(page: MessagePage, event: StreamEvent, newest: boolean): MessagePage | typeof REFETCH {
  if (isLinkedIn(page, event)) return REFETCH;
  if (event.kind !== "message.posted" || !newest) return page;
  const message = event.data as unknown as Message;
  const last = page.items.at(-1)?.ordinal ?? 0;
  return message.ordinal > last ? { ...page, items: [...page.items, message] } : page;
}

/** The whole thread after an event: its newest page says up to where it is current. */
export function advanceThread(thread: Thread, event: StreamEvent): Thread | typeof REFETCH {
  const [newest, ...older] = thread.pages;
  if (!newest) return thread;
  const linked = older.some((page) => isLinkedIn(page, event));
  const next = advance(newest, event, (page) => (linked ? REFETCH : applyToPage(page, event, true)));
  if (next === REFETCH) return REFETCH;
  if (next === newest) return thread;
  return { ...thread, pages: [next, ...older] };
}

const fetchPage = (conversation: string, before: Before, signal: AbortSignal): Promise<MessagePage> =>
  ok(
    api.GET("/api/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: conversation }, query: { limit: PAGE, before } },
      signal,
    }),
  );

/** The messages of a conversation, latest page first; live. */
export const threadQuery = (conversation: string) =>
  infiniteQueryOptions({
    queryKey: ["thread", conversation],
    initialPageParam: null as Before,
    queryFn: ({ pageParam, signal }) =>
      fetchCurrent(
        () => fetchPage(conversation, pageParam, signal),
        (page, event) => applyToPage(page, event, pageParam === null),
      ),
    getNextPageParam: (oldest) => (oldest.first ? undefined : (oldest.items[0]?.ordinal ?? undefined)),
    meta: {
      live: {
        heads: (data) => (data as Thread).pages[0]?.heads ?? {},
        advance: (data, event) => advanceThread(data as Thread, event),
      },
    },
  });

/** Every message that was fetched, in order. */
export const messagesOf = (thread: Pick<Thread, "pages">): Message[] => thread.pages.toReversed().flatMap((page) => page.items);
