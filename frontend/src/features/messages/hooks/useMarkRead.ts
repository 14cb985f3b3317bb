import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";

import { conversationsQuery } from "@/features/messages/api/conversations";
import { markRead } from "@/features/messages/api/markRead";

function watchFocus(act: () => void): () => void {
  window.addEventListener("focus", act);
  window.addEventListener("blur", act);
  document.addEventListener("visibilitychange", act);
  return () => {
    window.removeEventListener("focus", act);
    window.removeEventListener("blur", act);
    document.removeEventListener("visibilitychange", act);
  };
}

const isLooking = () => document.visibilityState === "visible" && document.hasFocus();

/** Marks a conversation read up to `seen`, the last message on screen, while someone looks at it. */
export function useMarkRead(conversation: string, seen: number, readOrdinal: number): void {
  const client = useQueryClient();
  const looking = useSyncExternalStore(watchFocus, isLooking);
  const asked = useRef({ conversation: "", ordinal: 0 });
  useEffect(() => {
    const already = asked.current.conversation === conversation ? asked.current.ordinal : 0;
    if (!looking || seen <= Math.max(readOrdinal, already)) return;
    asked.current = { conversation, ordinal: seen };
    client.setQueryData(conversationsQuery.queryKey, (list) =>
      list && {
        ...list,
        items: list.items.map((one) =>
          one.id === conversation && seen >= one.last_ordinal ? { ...one, read_ordinal: seen, unread: 0 } : one,
        ),
      },
    );
    markRead(conversation, seen).catch(() => {
      asked.current = { conversation, ordinal: 0 };
    });
  }, [client, conversation, looking, seen, readOrdinal]);
}
