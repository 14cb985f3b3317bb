import { wallOf } from "@/features/agenda/wall";
import { addDays } from "@/i18n/when";

const asUtc = (wall: string): number => Date.parse(`${wall}:00Z`);

/** The instant at which the clock on the centre's wall says this: "2026-07-01T08:00" in Paris is 06:00 UTC. */
export function instantOf(wall: string, zone: string): string {
  let guess = asUtc(wall);
  // once for the zone, once more in case the first guess fell across a change of hour
  for (let pass = 0; pass < 2; pass += 1) guess += asUtc(wall) - asUtc(wallOf(new Date(guess), zone));
  return new Date(guess).toISOString();
}

export interface AbsenceSpan {
  /** first and last day, both included */
  from: string | null;
  until: string | null;
  /** "14:05", or nothing for the whole day */
  fromHour: string;
  untilHour: string;
}

/** From the first morning to the last midnight, or between the hours that were said; null while a day is missing. */
export function spanOf({ from, until, fromHour, untilHour }: AbsenceSpan, zone: string): { starts_at: string; ends_at: string } | null {
  if (!from || !until) return null;
  return {
    starts_at: instantOf(`${from}T${fromHour || "00:00"}`, zone),
    ends_at: untilHour ? instantOf(`${until}T${untilHour}`, zone) : instantOf(`${addDays(until, 1)}T00:00`, zone),
  };
}
