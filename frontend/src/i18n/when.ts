import { languageNow } from "@/i18n";

/** Hours are those of the centre, wherever the screen is. */
let zone = "Europe/Paris";

export function setZone(name: string): void {
  zone = name;
}
export const zoneNow = (): string => zone;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, timeZone: string = zone): Intl.DateTimeFormat {
  const language = languageNow() === "en" ? "en-GB" : "fr-FR";
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone });
  formats.set(key, known);
  return known;
}

/** A date without an hour ("1957-03-12") is the same day everywhere; an instant is read in the centre's zone. */
const read = (value: string | Date): [Date, string] =>
  typeof value === "string" && value.length === 10 ? [new Date(`${value}T12:00:00Z`), "UTC"] : [new Date(value), zone];

function show(value: string | Date, options: Intl.DateTimeFormatOptions): string {
  const [date, timeZone] = read(value);
  return format(options, timeZone).format(date);
}

/** "14:05" */
export const hour = (value: string | Date) => show(value, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** "lun. 23 nov.", with the year when it is not this one */
export function day(value: string | Date): string {
  const sameYear = isoDay(value).slice(0, 4) === isoDay(new Date()).slice(0, 4);
  const parts = { weekday: "short", day: "numeric", month: "short" } as const;
  return show(value, sameYear ? parts : { ...parts, year: "numeric" }).replace(",", "");
}

/** "lundi 23 novembre" */
export const longDay = (value: string | Date) => show(value, { weekday: "long", day: "numeric", month: "long" }).replace(",", "");

/** "lun. 23 nov. 14:05" */
export const dayAndHour = (value: string | Date) => `${day(value)} ${hour(value)}`;

/** "12/03/1957" */
export const numericDay = (value: string) => show(value, { day: "2-digit", month: "2-digit", year: "numeric" });

export const birthDate = numericDay;

/** "2026-11-23", in the centre's zone */
export function isoDay(value: string | Date): string {
  if (typeof value === "string" && value.length === 10) return value;
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(value));
}

export const today = () => isoDay(new Date());

/** The day so many days later: addDays("2026-11-23", 1) is "2026-11-24". */
export function addDays(value: string, days: number): string {
  const date = new Date(`${value}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The instant at which a day is over in the centre's zone: "2026-11-23T23:00:00.000Z" for "2026-11-23" in Paris. */
export function endOfDay(value: string): string {
  const wall = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const ahead = (instant: number) => Date.parse(`${wall.format(instant).replace(" ", "T")}Z`) - instant;
  const midnight = Date.parse(`${addDays(value, 1)}T00:00:00Z`);
  return new Date(midnight - ahead(midnight - ahead(midnight))).toISOString();
}

/** The last day of something that ends at an instant: the day before when it ends at midnight. */
export const lastDay = (until: string) => numericDay(isoDay(new Date(Date.parse(until) - 1)));

/** Whole days from one date to another; negative when the second comes first. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);

/** Under an hour, how long ago ("il y a 5 min"); today the hour; otherwise the day and hour. */
export function recently(value: string, now: Date = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(value).getTime()) / 60_000);
  if (minutes < 1 && minutes > -5) return languageNow() === "en" ? "just now" : "à l’instant";
  if (minutes >= 1 && minutes < 60) return languageNow() === "en" ? `${minutes} min ago` : `il y a ${minutes} min`;
  return isoDay(value) === isoDay(now) ? hour(value) : dayAndHour(value);
}
