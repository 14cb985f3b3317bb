import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { feed } from "@/realtime/singletons";

/** Whoever changes a role tells all who hold it at once: their browsers ask again spread over this time. */
const SPREAD_MS = 2_000;

/** When what this person may do or see changes (a role, a team, somebody they stand in for), all is asked again. */
export function useAccessNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    let asking: ReturnType<typeof setTimeout> | undefined;
    const askAgain = () => {
      clearTimeout(asking);
      asking = setTimeout(() => void client.invalidateQueries(), Math.random() * SPREAD_MS);
    };
    const stop = feed.listen({ event: ({ kind }) => (kind === "access.changed" ? askAgain() : undefined) });
    return () => {
      stop();
      clearTimeout(asking);
    };
  }, [client]);
}
