import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { sessionQuery, signOut } from "@/features/session/api/session";
import { outbox } from "@/realtime/messagesOut";
import { feed } from "@/realtime/singletons";

/** Leaves nothing of the person behind in this tab. */
export function useForgetEverything(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    feed.stop();
    outbox.wipe();
    sessionStorage.clear();
    client.clear();
    client.setQueryData(sessionQuery.queryKey, null);
  }, [client]);
}

export function useSignOut(): () => Promise<void> {
  const forget = useForgetEverything();
  return useCallback(async () => {
    await signOut();
    forget();
  }, [forget]);
}
