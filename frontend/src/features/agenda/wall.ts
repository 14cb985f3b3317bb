import { addDays } from "@/i18n/when";

/**
 * Times of the agenda are wall times of the centre ("2026-11-23T14:05"): plain text, never an instant of the browser.
 * The calendar grid writes the same time as "2026-11-23 14:05:00".
 */
export const toGrid = (wall: string): string => `${wall.replace("T", " ")}:00`;
export const fromGrid = (grid: string): string => grid.slice(0, 16).replace(" ", "T");

export const dayOf = (wall: string): string => wall.slice(0, 10);
export const hourOf = (wall: string): string => wall.slice(11, 16);

const instant = (wall: string): number => Date.parse(`${wall}:00Z`);

export const minutesBetween = (start: string, end: string): number => Math.round((instant(end) - instant(start)) / 60_000);

export const addMinutes = (wall: string, minutes: number): string =>
  new Date(instant(wall) + minutes * 60_000).toISOString().slice(0, 16);

/** "45 min", "2 h", "1 h 30" */
export function lengthOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")}`;
}

/** What the clock on the centre's wall says at an instant. */
export function wallOf(instantNow: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return parts.format(instantNow).replace(" ", "T");
}

/** 0 for Monday, 6 for Sunday. */
const weekday = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

export const mondayOf = (day: string): string => addDays(day, -weekday(day));

/** The first and the last day that a view shows; a month is shown in whole weeks. */
export function daysShown(view: "jour" | "semaine" | "mois", day: string): { from: string; until: string } {
  if (view === "jour") return { from: day, until: day };
  if (view === "semaine") return { from: mondayOf(day), until: addDays(mondayOf(day), 6) };
  const from = mondayOf(`${day.slice(0, 7)}-01`);
  return { from, until: addDays(from, 41) };
}

/** The same day a step earlier or later; months keep to their first day so that none is jumped over. */
export function stepDay(view: "jour" | "semaine" | "mois", day: string, step: 1 | -1): string {
  if (view !== "mois") return addDays(day, view === "jour" ? step : 7 * step);
  const first = new Date(`${day.slice(0, 7)}-01T12:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + step);
  return first.toISOString().slice(0, 10);
}
