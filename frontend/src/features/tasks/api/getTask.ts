import { api, ok } from "@/api/client";
import { applyToTask } from "@/features/tasks/lists";
import type { TaskDetail } from "@/features/tasks/types";
import { liveQuery } from "@/realtime/live";

/** One task with its whole life. */
export const taskQuery = (id: string) =>
  liveQuery<TaskDetail>({
    queryKey: ["task", id],
    fetch: (signal) => ok(api.GET("/api/tasks/{task_id}", { params: { path: { task_id: id } }, signal })),
    apply: applyToTask,
  });
