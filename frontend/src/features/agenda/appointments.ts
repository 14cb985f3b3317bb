import type { Appointment, AppointmentFilter, Appointments } from "@/features/agenda/types";
import { dayOf, hourOf, minutesBetween } from "@/features/agenda/wall";
import type { StreamEvent } from "@/realtime/frames";

/** Whether an appointment stands in a list asked for with this filter. */
export function belongs(appointment: Appointment, { from, until, agendas, cancelled }: AppointmentFilter): boolean {
  const day = dayOf(appointment.local_start);
  if (day < from || day > until) return false;
  if (appointment.status === "cancelled" && !cancelled) return false;
  return appointment.agendas.some((agenda) => agendas.includes(agenda));
}

/** The list with the appointment as it now is; an older version than the one shown changes nothing. */
export function withAppointment(list: Appointments, appointment: Appointment, filter: AppointmentFilter): Appointments {
  const known = list.items.find((one) => one.id === appointment.id);
  if (known && known.version > appointment.version) return list;
  const others = list.items.filter((one) => one.id !== appointment.id);
  if (!belongs(appointment, filter)) return { ...list, items: others };
  return { ...list, items: [...others, appointment].sort((a, b) => a.local_start.localeCompare(b.local_start)) };
}

/** The same appointment arrives once on each of its agendas. */
export const applyToAppointments =
  (filter: AppointmentFilter) =>
  (list: Appointments, event: StreamEvent): Appointments =>
    event.kind === "appointment.changed" ? withAppointment(list, event.data as unknown as Appointment, filter) : list;

/** A stretch of a day on one agenda: an appointment, or time between two. */
export type Stretch = { kind: "taken"; appointment: Appointment } | { kind: "free"; start: string; minutes: number };

const WORTH_SHOWING = 15;

/** One agenda's day as a list, with the free time between its appointments. */
export function dayWithGaps(appointments: Appointment[]): Stretch[] {
  const sorted = [...appointments].sort((a, b) => a.local_start.localeCompare(b.local_start));
  let freeFrom: string | null = null;
  return sorted.flatMap((appointment): Stretch[] => {
    const gap = freeFrom ? minutesBetween(freeFrom, appointment.local_start) : 0;
    const before: Stretch[] = freeFrom && gap >= WORTH_SHOWING ? [{ kind: "free", start: freeFrom, minutes: gap }] : [];
    if (appointment.status !== "cancelled" && (!freeFrom || appointment.local_end > freeFrom)) freeFrom = appointment.local_end;
    return [...before, { kind: "taken", appointment }];
  });
}

/** The hours that a grid shows: the usual ones, and as many more as the appointments need. */
export function hoursShown(appointments: Appointment[], usual: [number, number] = [8, 19]): [number, number] {
  return appointments.reduce<[number, number]>(
    ([first, last], { local_start, local_end }) => {
      const start = Number(hourOf(local_start).slice(0, 2));
      const [hour, minute] = hourOf(local_end).split(":").map(Number);
      const end = dayOf(local_end) > dayOf(local_start) ? 24 : (hour ?? 0) + (minute ? 1 : 0);
      return [Math.min(first, start), Math.max(last, end)];
    },
    usual,
  );
}
