import { api, ok } from "@/api/client";
import { applyToList } from "@/features/tasks/lists";
import type { TaskFilter, Tasks } from "@/features/tasks/types";
import { liveQuery } from "@/realtime/live";

/** The tasks of a list, in and out of it as they change. */
export const tasksQuery = (filter: TaskFilter, me: string) =>
  liveQuery<Tasks>({
    queryKey: ["tasks", filter, me],
    fetch: (signal) => ok(api.GET("/api/tasks", { params: { query: filter }, signal })),
    apply: applyToList(filter, me),
  });
