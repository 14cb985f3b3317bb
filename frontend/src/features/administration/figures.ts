import type { TasksOfQueue } from "@/features/administration/api/countTasks";

export const STATES = ["open", "claimed", "waiting", "done", "cancelled", "late"] as const;
export type State = (typeof STATES)[number];

export const sumOf = (items: TasksOfQueue[], state: State): number => items.reduce((sum, item) => sum + item[state], 0);

/** The queue where most is late, or null when nothing is. */
export function latest(items: TasksOfQueue[]): TasksOfQueue | null {
  const worst = [...items].sort((a, b) => b.late - a.late)[0];
  return worst && worst.late > 0 ? worst : null;
}

const cell = (value: string | number) => {
  const text = String(value);
  // A spreadsheet must not take a name for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** The same figures for a spreadsheet, as French ones read it: semicolons and a byte order mark. */
export function toCsv(heading: string[], items: TasksOfQueue[]): string {
  const rows = items.map((item) => [item.queue.name, ...STATES.map((state) => item[state])]);
  return `\uFEFF${[heading, ...rows].map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}
