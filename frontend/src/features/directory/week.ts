import type { Hours } from "@/features/directory/types";

export interface WorkingDay {
  /** 1 for Monday, 7 for Sunday */
  day: number;
  spans: { from: string; until: string }[];
}

/** Monday to Friday, and the weekend when someone works then; the spans of a day in order. */
export function weekOf(hours: Hours[]): WorkingDay[] {
  const last = Math.max(5, ...hours.map(({ day }) => day));
  return Array.from({ length: last }, (_, index) => index + 1).map((day) => ({
    day,
    spans: hours.filter((span) => span.day === day).sort((a, b) => a.from.localeCompare(b.from)),
  }));
}
