import type { TFunction } from "i18next";

export interface Duration {
  /** -1 for "before". */
  sign: 1 | -1;
  amount: number;
  unit: "years" | "months" | "weeks" | "days";
}

const ISO = /^(-)?P(\d+)([YMWD])$/;
const UNITS = { Y: "years", M: "months", W: "weeks", D: "days" } as const;
const DAYS = { years: 365.25, months: 30.4375, weeks: 7, days: 1 };

/** One-unit ISO 8601 durations, as the protocols write them: "P3M", "-P6M", "P0D". */
export function readDuration(iso: string): Duration {
  const [, minus, amount = "0", unit = "D"] = ISO.exec(iso) ?? [];
  return { sign: minus ? -1 : 1, amount: Number(amount), unit: UNITS[unit as keyof typeof UNITS] };
}

/** How long it is, near enough to draw it. */
export function days(iso: string): number {
  const { sign, amount, unit } = readDuration(iso);
  return sign * amount * DAYS[unit];
}

/** "3 mois", "1 an"; whole years are said as years. */
export function say({ amount, unit }: Duration, t: TFunction<"protocols">): string {
  if (unit === "months" && amount >= 24 && amount % 12 === 0) return t("years", { count: amount / 12 });
  return t(unit, { count: amount });
}

/** When a step is first due, counted from its start: "dès le départ", "à 3 mois", "6 mois avant". */
export function sayFirst(iso: string, t: TFunction<"protocols">): string {
  const duration = readDuration(iso);
  if (duration.amount === 0) return t("atStart");
  return t(duration.sign < 0 ? "before" : "after", { duration: say(duration, t) });
}

/** How often it comes back: "une fois", "tous les 3 mois", "toutes les 2 semaines". */
export function sayEvery(iso: string | null, t: TFunction<"protocols">): string {
  if (!iso) return t("once");
  const duration = readDuration(iso);
  return t(duration.unit === "weeks" ? "every_f" : "every", { duration: say(duration, t) });
}
