import { api, ok } from "@/api/client";
import { feed } from "@/realtime/singletons";

const overHttp = (conversation: string, ordinal: number) =>
  ok(
    api.POST("/api/conversations/{conversation_id}/read", {
      params: { path: { conversation_id: conversation } },
      body: { ordinal },
    }),
  );

/** Notes how far this person has read; over the socket when it is open. */
export async function markRead(conversation: string, ordinal: number): Promise<void> {
  if (feed.getStatus().connection === "open") await feed.command("read.mark", { conversation, ordinal });
  else await overHttp(conversation, ordinal);
}
