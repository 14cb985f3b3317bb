import type { TFunction } from "i18next";

import type { Appointment } from "@/features/agenda/types";
import { hourOf } from "@/features/agenda/wall";

const two = (hour: number): string => String(hour).padStart(2, "0");

/** The hours of a grid as the calendar takes them; a day that ends at midnight ends a second before it. */
export const gridHours = ([first, last]: [number, number]) => ({
  startTime: `${two(first)}:00:00`,
  endTime: last >= 24 ? "23:59:59" : `${two(last)}:00:00`,
});

/** What is written on an appointment: "DURAND Marie", "14:05 Consultation". */
export function written({ local_start, patient, type, note }: Appointment): { who: string; why: string } {
  const why = hourOf(local_start);
  return { who: patient?.name ?? type?.name ?? note, why: patient && type ? `${why} ${type.name}` : why };
}

/** What is said of it begins with what is written: "DURAND Marie 14:05 Consultation, jusqu’à 14:25, confirmé". */
export function spoken(appointment: Appointment, t: TFunction<"agenda">): string {
  const { who, why } = written(appointment);
  const state = t(`status.${appointment.status as "booked"}`).toLowerCase();
  return `${who} ${why}, ${t("until", { time: hourOf(appointment.local_end) })}, ${state}`.trimStart();
}

export const labelsOf = (t: TFunction<"agenda">) => ({
  timeSlot: t("slot"),
  today: t("today"),
  next: t("next"),
  previous: t("previous"),
  day: t("jour"),
  week: t("semaine"),
  month: t("mois"),
  more: t("more", { count: 0 }),
  moreLabel: (count: number) => t("more", { count }),
  noEvents: t("emptyDay"),
});
