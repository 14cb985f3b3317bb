import { api, ok } from "@/api/client";
import type { Task } from "@/features/tasks/types";

export const tickItem = (task: string, item: string, done: boolean): Promise<Task> =>
  ok(api.POST("/api/tasks/{task_id}/checklist/{item_id}/tick", { params: { path: { task_id: task, item_id: item } }, body: { done } }));
