import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import { agendasQuery } from "@/features/agenda/api/listAgendas";
import { useAppointmentActs } from "@/features/agenda/hooks/useAppointmentActs";
import type { Agenda, Appointment } from "@/features/agenda/types";
import { dayOf } from "@/features/agenda/wall";
import { useMay, useMe } from "@/features/session/hooks/useSession";
import { agendasOfDay } from "@/features/today/pick";

/** The agendas whose day one answers for, and the names of all. */
export function useDayAgendas() {
  const me = useMe();
  const query = useQuery(agendasQuery);
  const agendas = query.data?.items ?? [];
  return { query, ...agendasOfDay(agendas, me.id), agendas };
}

/** With whom an appointment is: the person before the room. */
export function withWhom(appointment: Appointment, agendas: Agenda[]): string | undefined {
  const named = agendas.filter(({ id }) => appointment.agendas.includes(id));
  return (named.find(({ kind }) => kind === "person") ?? named[0])?.name;
}

/** Notes that an appointment is confirmed; nothing for those who do not book. */
export function useConfirm(): ((appointment: Appointment) => void) | undefined {
  const books = useMay("agenda.book");
  const navigate = useNavigate();
  const see = useCallback(
    (one: Appointment) => void navigate({ to: "/agenda", search: { jour: dayOf(one.local_start), rdv: one.id } }),
    [navigate],
  );
  const { answer } = useAppointmentActs(see);
  const confirm = useCallback((one: Appointment) => void answer(one, "confirm"), [answer]);
  return books ? confirm : undefined;
}
