import { api, ok } from "@/api/client";
import { applyToQueues } from "@/features/tasks/lists";
import type { Queues } from "@/features/tasks/types";
import { liveQuery } from "@/realtime/live";

/** The queues and what is to do in them, counted anew by the server whenever a task of theirs changes. */
export const queuesQuery = liveQuery<Queues>({
  queryKey: ["queues", "mine"],
  fetch: (signal) => ok(api.GET("/api/queues", { signal })),
  apply: applyToQueues,
});
