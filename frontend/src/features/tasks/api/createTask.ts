import { api, ok } from "@/api/client";
import type { NewTask, Task } from "@/features/tasks/types";

/** The same key with the same task makes one task, however often it is sent. */
export const createTask = (body: NewTask, key: string): Promise<Task> =>
  ok(api.POST("/api/tasks", { body, params: { header: { "Idempotency-Key": key } } }));
