import { daysBetween } from "@/i18n/when";
import type { StreamEvent } from "@/realtime/frames";
import { REFETCH } from "@/realtime/live";
import type { Task, TaskDetail, TaskFilter, Tasks, TaskStatus } from "@/features/tasks/types";

const CLOSED: readonly TaskStatus[] = ["done", "cancelled"];

export const isClosed = (task: Task): boolean => CLOSED.includes(task.status);

/** Whole days past the last day on which it was not late; 0 when it is not late. */
export function lateDays(task: Pick<Task, "status" | "due_on" | "late_after">, today: string): number {
  const last = task.late_after ?? task.due_on;
  if (!last || CLOSED.includes(task.status)) return 0;
  return Math.max(0, daysBetween(last, today));
}

/** Whether a task stands in a list asked for with this filter by this person. */
export function belongs(task: Task, { queue, patient, mine, done }: TaskFilter, me: string): boolean {
  if (isClosed(task) !== (done ?? false)) return false;
  if (queue && task.queue.id !== queue) return false;
  if (patient && task.patient?.id !== patient) return false;
  return !mine || task.claimed_by?.id === me || (!task.claimed_by && task.assignee?.id === me);
}

const WEIGHT = { urgent: 0, haute: 1, routine: 2 };

/** Urgent first, then what is due first; what has no day comes last. Closed tasks: the latest first. */
export function inOrder(a: Task, b: Task): number {
  if (isClosed(a) && isClosed(b)) return (b.done_at ?? b.created_at).localeCompare(a.done_at ?? a.created_at);
  const urgent = Number(a.priority !== "urgent") - Number(b.priority !== "urgent");
  const due = (a.due_on ?? "9999").localeCompare(b.due_on ?? "9999");
  return urgent || due || WEIGHT[a.priority] - WEIGHT[b.priority] || a.created_at.localeCompare(b.created_at);
}

/** The list with the task as it now is, in it or out of it. */
export function withTask<T extends Tasks>(tasks: T, task: Task, filter: TaskFilter, me: string): T {
  const others = tasks.items.filter((known) => known.id !== task.id);
  return { ...tasks, items: belongs(task, filter, me) ? [...others, task].sort(inOrder) : others };
}

const taskOf = (event: StreamEvent) => event.data as unknown as Task;
const isTask = (event: StreamEvent) => event.kind === "task.created" || event.kind === "task.changed";
/** The event names a task and says nothing of it: not everybody of the queue may read it. */
const isWithheld = (event: StreamEvent) => event.kind === "task.withheld";

/** The event after which a list is as the server would send it; a task handed over leaves the queue it was in. */
export const applyToList = (filter: TaskFilter, me: string) => (tasks: Tasks, event: StreamEvent) => {
  if (isTask(event)) return withTask(tasks, taskOf(event), filter, me);
  if (isWithheld(event) || event.kind === "task.assigned" || (event.kind === "story.changed" && event.data.what === "task")) return REFETCH;
  if (event.kind !== "task.left") return tasks;
  return { ...tasks, items: tasks.items.filter((task) => task.id !== event.data.id || task.queue.id !== event.stream) };
};

/** A task's own page also tells its moves, which the event does not carry. */
export const applyToTask = (task: TaskDetail, event: StreamEvent) =>
  (isTask(event) || isWithheld(event) || event.kind === "task.left") && event.data.id === task.id ? REFETCH : task;

/** How many are to do is counted by the server: what the task was before is not in the event. */
export const applyToQueues = <T>(queues: T, event: StreamEvent) =>
  isTask(event) || isWithheld(event) || event.kind === "task.left" ? REFETCH : queues;

/** What the lists show at once, before the server has answered. */
export function foresee(task: Task, move: string, me: NonNullable<Task["claimed_by"]>, now: string): Task {
  const status = { claim: "claimed", release: "open", wait: "waiting", complete: "done", reopen: "open", cancel: "cancelled" }[move];
  const next: Task = { ...task, status: (status ?? task.status) as TaskStatus };
  if (move === "claim") next.claimed_by = me;
  if (move === "release" || move === "reopen") next.claimed_by = null;
  if (move === "complete") Object.assign(next, { done_at: now, done_by: me });
  if (move === "reopen") Object.assign(next, { done_at: null, done_by: null });
  return next;
}
