import { useSyncExternalStore } from "react";

import { feed } from "@/realtime/singletons";

/** Whether this tab hears the server, and up to which instant it is complete. */
export function useConnection() {
  return useSyncExternalStore(feed.watch, feed.getStatus);
}

function watchNetwork(act: () => void): () => void {
  window.addEventListener("online", act);
  window.addEventListener("offline", act);
  return () => {
    window.removeEventListener("online", act);
    window.removeEventListener("offline", act);
  };
}

/** Whether the browser has a network at all and the server answers; false means that writing waits. */
export function useOnline(): boolean {
  const network = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const { connection } = useConnection();
  return network && connection !== "down";
}
