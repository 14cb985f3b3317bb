import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import { doorQuery, sessionQuery, signOut } from "@/features/session/api/session";
import { setWhy, whyItEnded } from "@/features/session/why";
import { outbox } from "@/realtime/messagesOut";
import { feed } from "@/realtime/singletons";

const AT_THE_DOOR: unknown[] = [...sessionQuery.queryKey, ...doorQuery.queryKey];

/** Until what is below the gate has gone from the screen: it cannot be drawn any more without its person. */
const shellGone = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** The session is over without anybody having left: the same person finds drafts and unsent messages again in this tab. */
export function useSessionEnded(): (code: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (code: string) => {
      if (client.getQueryData(sessionQuery.queryKey)) setWhy(whyItEnded(code));
      client.setQueryData(sessionQuery.queryKey, null);
      await shellGone();
      feed.stop();
      outbox.rest();
      client.removeQueries({ predicate: ({ queryKey }) => !AT_THE_DOOR.includes(queryKey[0]) });
      client.getMutationCache().clear();
    },
    [client],
  );
}

/** Signs out, and leaves nothing of the person behind in this tab: neither what they wrote nor the page they were on. */
export function useSignOut(): () => Promise<void> {
  const end = useSessionEnded();
  const navigate = useNavigate();
  return useCallback(async () => {
    const { continue_at } = await signOut();
    const ending = end("");
    setWhy("not_signed_in");
    await ending;
    sessionStorage.clear();
    await navigate({ to: "/aujourdhui", replace: true });
    if (continue_at) location.assign(continue_at);
  }, [end, navigate]);
}
