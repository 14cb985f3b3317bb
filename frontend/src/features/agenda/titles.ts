import { languageNow } from "@/i18n";
import { day as shortDay } from "@/i18n/when";

export { longDay, today } from "@/i18n/when";

/** "23 novembre" */
export const dayAndMonth = (day: string): string =>
  new Intl.DateTimeFormat(languageNow() === "en" ? "en-GB" : "fr-FR", { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );

/** "novembre 2026" */
export const monthAndYear = (day: string): string =>
  new Intl.DateTimeFormat(languageNow() === "en" ? "en-GB" : "fr-FR", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T12:00:00Z`),
  );

/** "lun. 23 nov. à 14:05", from a wall time */
export const dayAndWallHour = (wall: string): string =>
  `${shortDay(wall.slice(0, 10))} ${languageNow() === "en" ? "at" : "à"} ${wall.slice(11, 16)}`;
