import { useMemo, useSyncExternalStore } from "react";

import { api, ok } from "@/api/client";
import { Outbox, type Outgoing } from "@/realtime/outbox";
import { feed } from "@/realtime/singletons";

const overHttp = ({ id, conversation, body }: Outgoing) => 
  ok(
    api.POST("/api/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: conversation } },
      body: { id, body },
    }),
  );

/** Over the socket when it is open, over HTTP otherwise: the same action answers, and the id makes it once. */
function deliver(message: Outgoing): Promise<unknown> {
  const { id, conversation, body } = message;
  const open = feed.getStatus().connection === "open";
  return open ? feed.command("message.post", { id, conversation, body }) : overHttp(message);
}

/** The messages of this tab that have not been acknowledged yet. */
export const outbox = new Outbox(deliver);

export const useOutbox = () => useSyncExternalStore(outbox.watch, outbox.getItems);

export function useOutgoing(conversation: string): Outgoing[] {
  const items = useOutbox();
  return useMemo(() => items.filter((item) => item.conversation === conversation), [items, conversation]);
}
