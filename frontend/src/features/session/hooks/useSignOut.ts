import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { sessionQuery, signOut } from "@/features/session/api/session";
import { setWhy, whyItEnded } from "@/features/session/why";
import { outbox } from "@/realtime/messagesOut";
import { feed } from "@/realtime/singletons";

/** The session is over without anybody having left: the same person finds drafts and unsent messages again in this tab. */
export function useSessionEnded(): (code: string) => void {
  const client = useQueryClient();
  return useCallback(
    (code: string) => {
      if (client.getQueryData(sessionQuery.queryKey)) setWhy(whyItEnded(code));
      feed.stop();
      outbox.rest();
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
    [client],
  );
}

/** Signs out, and leaves nothing of the person behind in this tab. */
export function useSignOut(): () => Promise<void> {
  const end = useSessionEnded();
  return useCallback(async () => {
    const answer = await signOut();
    end("");
    setWhy("not_signed_in");
    sessionStorage.clear();
    if (answer.continue_at) location.assign(answer.continue_at);
  }, [end]);
}
