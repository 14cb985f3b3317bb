import { instantOf } from "@/features/directory/absences";
import { addDays, isoDay } from "@/i18n/when";
import { wallOf } from "@/features/agenda/wall";

/** When a role that is held until a day (included) ends: at its midnight, or at the hour that was said. */
export function endOf(day: string | null, hour: string, zone: string): string | null {
  if (!day) return null;
  return hour ? instantOf(`${day}T${hour}`, zone) : instantOf(`${addDays(day, 1)}T00:00`, zone);
}

/** The same way back: the last day and, when it is not midnight, the hour. */
export function lastDayOf(end: string | null, zone: string): { day: string | null; hour: string } {
  if (!end) return { day: null, hour: "" };
  const hour = wallOf(new Date(end), zone).slice(11);
  return hour === "00:00" ? { day: addDays(isoDay(end), -1), hour: "" } : { day: isoDay(end), hour };
}

export type Phase = "over" | "now" | "later";

export function phaseOf({ valid_from, valid_until }: { valid_from: string; valid_until: string | null }, now: number): Phase {
  if (valid_until !== null && Date.parse(valid_until) <= now) return "over";
  return Date.parse(valid_from) > now ? "later" : "now";
}
