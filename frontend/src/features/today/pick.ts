import { isClosed } from "@/features/tasks/lists";
import { sections, type Section } from "@/features/tasks/sections";
import type { Queue, Task } from "@/features/tasks/types";
import { dayWithGaps, type Stretch } from "@/features/agenda/appointments";
import type { Agenda, Appointment } from "@/features/agenda/types";
import { dayOf } from "@/features/agenda/wall";
import type { Conversation } from "@/features/messages/api/types";
import type { LateStep } from "@/features/today/api/listLateSteps";

const latestFirst = (a: Conversation, b: Conversation) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "");

/** The conversations about patients that have something unread, the latest first. */
export const unreadAboutPatients = (conversations: Conversation[]): Conversation[] =>
  conversations.filter((one) => one.unread > 0 && one.kind === "patient").sort(latestFirst);

/** Whether a task waits for this person: theirs, or free in a queue they work and meant for nobody else. */
export function waitsFor(task: Task, me: string, queues: Pick<Queue, "id">[]): boolean {
  if (isClosed(task)) return false;
  const holder = task.claimed_by ?? task.assignee;
  if (holder) return holder.id === me;
  return task.status === "open" && queues.some(({ id }) => id === task.queue.id);
}

/** What is worth seeing this morning: urgent, late and today's tasks, and what one has in hand already. */
export function toDoToday(tasks: Task[], today: string, me: string): Section[] {
  return sections(tasks, today).flatMap(({ name, tasks: found }) => {
    const distant = name === "later" || name === "undated";
    const kept = distant ? found.filter((task) => task.claimed_by?.id === me && task.status === "claimed") : found;
    return kept.length > 0 ? [{ name, tasks: kept }] : [];
  });
}

/** The first so many tasks, section by section. */
export function firstOf(found: Section[], most: number): Section[] {
  let left = most;
  return found.flatMap(({ name, tasks }) => {
    const shown = tasks.slice(0, left);
    left -= shown.length;
    return shown.length > 0 ? [{ name, tasks: shown }] : [];
  });
}

export const countOf = (found: Section[]): number => found.reduce((sum, { tasks }) => sum + tasks.length, 0);

/** Whose day it is: one's own agendas, or everyone's for those who keep the agendas of others. */
export function agendasOfDay(agendas: Agenda[], me: string): { own: boolean; ids: string[] } {
  const own = agendas.filter((agenda) => agenda.person?.id === me);
  return { own: own.length > 0, ids: (own.length > 0 ? own : agendas).map(({ id }) => id) };
}

/** The day worth reading: today, or when it is empty the next one that is not. */
export const dayShown = (appointments: Appointment[], today: string): string =>
  appointments.map((one) => dayOf(one.local_start)).sort().find((day) => day >= today) ?? today;

export const ofDay = (appointments: Appointment[], day: string): Appointment[] => appointments.filter((one) => dayOf(one.local_start) === day);

/** What comes after a day and is not confirmed; of a whole centre, only the next day that has appointments. */
export function toConfirmAfter(appointments: Appointment[], day: string, own: boolean): Appointment[] {
  const coming = appointments.filter((one) => dayOf(one.local_start) > day);
  return unconfirmed(own ? coming : ofDay(coming, dayShown(coming, day)));
}

/** With whom an appointment is: the person before the room. */
export function withWhom(appointment: Appointment, agendas: Agenda[]): string | undefined {
  const named = agendas.filter(({ id }) => appointment.agendas.includes(id));
  return (named.find(({ kind }) => kind === "person") ?? named[0])?.name;
}

/** What stands at a place of the day: an appointment, free time, or the present minute. */
export type Row = Stretch | { kind: "now"; at: string };

/** The day with its gaps and a mark where the clock stands; no mark inside an appointment, nor outside the day's work. */
export function dayRows(appointments: Appointment[], now: string): Row[] {
  const rows: Row[] = dayWithGaps(appointments);
  const next = rows.findIndex((row) => row.kind === "taken" && row.appointment.local_start > now);
  const under = appointments.some((one) => one.local_start <= now && now < one.local_end);
  if (next <= 0 || under) return rows;
  return [...rows.slice(0, next), { kind: "now", at: now }, ...rows.slice(next)];
}

export const unconfirmed = (appointments: Appointment[]): Appointment[] => appointments.filter((one) => one.status === "booked");

/** The late steps that do not stand under one's own tasks already. */
export const followed = (steps: LateStep[], mine: Task[]): LateStep[] =>
  steps.filter((step) => !mine.some((task) => task.id === step.task_id));
