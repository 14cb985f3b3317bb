import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import type { AgendaPlace } from "@/features/agenda/hooks/useAgendaPlace";
import type { BookingDraft } from "@/features/agenda/hooks/useBooking";
import type { Agenda, Appointment } from "@/features/agenda/types";
import { dayOf, hourOf } from "@/features/agenda/wall";
import { taskQuery } from "@/features/tasks/api/getTask";

const USUAL_MINUTES = 20;

const empty = (day: string): BookingDraft => ({
  patient: null,
  type: null,
  person: null,
  places: [],
  day,
  start: "",
  minutes: USUAL_MINUTES,
  note: "",
  task: null,
  moving: null,
});

/** The agenda goes where it belongs: "avec" for people, "salle" for the rest. */
const inColumn = (agenda: Agenda | undefined): Partial<BookingDraft> =>
  !agenda ? {} : agenda.kind === "person" ? { person: agenda.id } : { places: [agenda.id] };

/** What is being booked, if anything: opened by a slot, by the button, by a task, or by moving an appointment. */
export function useBookingDraft(place: AgendaPlace, agendas: Agenda[]) {
  const [draft, setDraft] = useState<BookingDraft | null>(null);
  const { data: task } = useQuery({ ...taskQuery(place.tache ?? ""), enabled: !!place.tache });
  // What a task is about fills the panel once, when it has been read.
  const [filledFor, setFilledFor] = useState<string | null>(null);
  if (task && place.tache === task.id && filledFor !== task.id) {
    setFilledFor(task.id);
    setDraft({ ...(draft ?? empty(place.day)), patient: task.patient, task: task.id });
  }
  const find = (id: string) => agendas.find((agenda) => agenda.id === id);

  const openAt = useCallback(
    (agenda: Agenda | undefined, start?: string) =>
      setDraft((known) => ({
        ...(known && !known.moving ? known : empty(place.day)),
        ...(known?.moving ? known : {}),
        ...inColumn(agenda),
        ...(start && { day: dayOf(start), start: hourOf(start) }),
      })),
    [place.day],
  );

  const openMove = (appointment: Appointment) => {
    const person = appointment.agendas.find((id) => find(id)?.kind === "person") ?? null;
    setDraft({
      ...empty(dayOf(appointment.local_start)),
      patient: appointment.patient,
      person,
      places: appointment.agendas.filter((id) => id !== person),
      start: hourOf(appointment.local_start),
      minutes: appointment.minutes,
      note: appointment.note,
      moving: appointment,
    });
  };

  const edit = (change: Partial<BookingDraft>) => setDraft((known) => known && { ...known, ...change });
  const close = () => setDraft(null);
  return { draft, task: draft?.task ? task : undefined, openAt, openMove, edit, close };
}
