import { inOrder, isClosed, lateDays } from "@/features/tasks/lists";
import type { Task } from "@/features/tasks/types";

export type SectionName = "urgent" | "late" | "today" | "later" | "undated" | "closed";

export interface Section {
  name: SectionName;
  tasks: Task[];
}

const ORDER: readonly SectionName[] = ["urgent", "late", "today", "later", "undated", "closed"];

function sectionOf(task: Task, today: string): SectionName {
  if (isClosed(task)) return "closed";
  if (task.priority === "urgent") return "urgent";
  if (!task.due_on) return "undated";
  if (lateDays(task, today) > 0) return "late";
  return task.due_on <= today ? "today" : "later";
}

/** A list cut where a reader would: what is urgent, late, for today, for later; empty parts are left out. */
export function sections(tasks: Task[], today: string): Section[] {
  const found = new Map<SectionName, Task[]>();
  for (const task of [...tasks].sort(inOrder)) {
    const name = sectionOf(task, today);
    found.set(name, [...(found.get(name) ?? []), task]);
  }
  return ORDER.flatMap((name) => (found.has(name) ? [{ name, tasks: found.get(name) ?? [] }] : []));
}
