import { api, ok } from "@/api/client";
import type { Task, TaskMove } from "@/features/tasks/types";

export const moveTask = (id: string, move: TaskMove): Promise<Task> =>
  ok(api.POST(`/api/tasks/{task_id}/${move}`, { params: { path: { task_id: id } } }));
