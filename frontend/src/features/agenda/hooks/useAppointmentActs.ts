import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { answerAppointment } from "@/features/agenda/api/answerAppointment";
import { changeAppointment } from "@/features/agenda/api/changeAppointment";
import { withAppointment } from "@/features/agenda/appointments";
import type { Answer, Appointment, AppointmentChange, AppointmentFilter, Appointments } from "@/features/agenda/types";
import { addMinutes } from "@/features/agenda/wall";
import { readAgain } from "@/realtime/readAgain";
import { offerUndo, sayFailed, useSentence } from "@/ui";

/** Shows an appointment as it is (or will be) in every list on screen. */
export function showAppointment(client: QueryClient, appointment: Appointment): void {
  for (const [key, list] of client.getQueriesData<Appointments>({ queryKey: ["appointments"] })) {
    if (list) client.setQueryData(key, withAppointment(list, appointment, key[1] as AppointmentFilter));
  }
  client.setQueryData(["appointment", appointment.id], appointment);
}

/** The appointment in the way, when that is why the server refused. */
export function blockingOf(error: unknown): Appointment | null {
  if (!(error instanceof ApiError) || error.code !== "agenda_taken") return null;
  return (error.body.blocking as Appointment | undefined) ?? null;
}

export type Change = Omit<AppointmentChange, "version">;

/** The appointment as it will be if the server agrees. */
export function foreseeChange(appointment: Appointment, { local_start, minutes, agendas, note }: Change): Appointment {
  const start = local_start ?? appointment.local_start;
  const length = minutes ?? appointment.minutes;
  return {
    ...appointment,
    local_start: start,
    minutes: length,
    local_end: addMinutes(start, length),
    agendas: agendas ?? appointment.agendas,
    note: note ?? appointment.note,
  };
}

const STATUS: Record<Answer, Appointment["status"]> = { confirm: "confirmed", cancel: "cancelled", restore: "booked" };

/** Moving, confirming and cancelling: shown at once, put back with the reason when the server refuses. */
export function useAppointmentActs(onSee: (blocking: Appointment) => void) {
  const client = useQueryClient();
  const { t } = useTranslation("agenda");
  const { t: common } = useTranslation();
  const sentence = useSentence();

  const attempt = useCallback(
    async (before: Appointment, foreseen: Appointment, send: () => Promise<Appointment>): Promise<Appointment | null> => {
      showAppointment(client, foreseen);
      try {
        const settled = await send();
        showAppointment(client, settled);
        return settled;
      } catch (error) {
        showAppointment(client, before);
        void readAgain(client, { queryKey: ["appointments"] });
        void readAgain(client, { queryKey: ["appointment", before.id] });
        const blocking = blockingOf(error);
        sayFailed({ message: sentence(error), retry: blocking ? { label: t("seeBlocking"), act: () => onSee(blocking) } : undefined });
        return null;
      }
    },
    [client, sentence, t, onSee],
  );

  const change = useCallback(
    (appointment: Appointment, what: Change) =>
      attempt(appointment, foreseeChange(appointment, what), () =>
        changeAppointment(appointment.id, { ...what, version: appointment.version }),
      ),
    [attempt],
  );

  const answer = useCallback(
    (appointment: Appointment, what: Answer) =>
      attempt(appointment, { ...appointment, status: STATUS[what] }, () => answerAppointment(appointment.id, what)),
    [attempt],
  );

  const cancel = useCallback(
    async (appointment: Appointment) => {
      const cancelled = await answer(appointment, "cancel");
      if (!cancelled) return;
      offerUndo({ message: t("cancelled"), label: common("act.undo"), undo: () => void answer(cancelled, "restore") });
    },
    [answer, t, common],
  );

  return useMemo(() => ({ change, answer, cancel }), [change, answer, cancel]);
}
