import type { TFunction } from "i18next";

import type { Appointment } from "@/features/agenda/types";
import { hourOf } from "@/features/agenda/wall";

const two = (hour: number): string => String(hour).padStart(2, "0");

/** The hours of a grid as the calendar takes them; a day that ends at midnight ends a second before it. */
export const gridHours = ([first, last]: [number, number]) => ({
  startTime: `${two(first)}:00:00`,
  endTime: last >= 24 ? "23:59:59" : `${two(last)}:00:00`,
});

/** "14:05–14:25 DURAND Marie, Consultation, confirmé" */
export function spoken(appointment: Appointment, t: TFunction<"agenda">): string {
  const { local_start, local_end, patient, type, status } = appointment;
  const who = patient?.name ?? t("noPatient");
  return [`${hourOf(local_start)}–${hourOf(local_end)} ${who}`, type?.name, t(`status.${status as "booked"}`).toLowerCase()].filter(Boolean).join(", ");
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
