import type { Access } from "@/features/audit/types";
import { isoDay } from "@/i18n/when";

export interface Day {
  day: string;
  lines: Access[];
}

/** The lines, which come latest first, under the day of the centre on which each happened. */
export function byDay(lines: Access[]): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const day = isoDay(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return days;
}
