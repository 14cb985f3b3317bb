import { useQuery } from "@tanstack/react-query";

import { conversationsQuery } from "@/features/messages/api/conversations";

/** How many messages this person has not read. */
export function useUnread(): number {
  const { data } = useQuery(conversationsQuery);
  return data?.items.reduce((sum, conversation) => sum + conversation.unread, 0) ?? 0;
}
