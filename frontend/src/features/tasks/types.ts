import type { Schema } from "@/api/types";

export type Queue = Schema<"QueueOut">;
export type Queues = Schema<"QueuesOut">;
export type Task = Schema<"TaskOut">;
export type Tasks = Schema<"TasksOut">;
export type TaskDetail = Schema<"TaskDetail">;
export type TaskStatus = Task["status"];
export type Priority = Task["priority"];
export type NewTask = Schema<"TaskIn">;
export type TaskMove = "claim" | "release" | "wait" | "complete" | "reopen" | "cancel";

/** What a list of tasks is about; without a queue, all those one sees. */
export interface TaskFilter {
  queue?: string;
  patient?: string;
  mine?: boolean;
  done?: boolean;
}
