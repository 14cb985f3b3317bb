import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { newId } from "@/api/ids";
import type { PatientRef } from "@/api/types";
import { bookAppointment } from "@/features/agenda/api/bookAppointment";
import { changeAppointment } from "@/features/agenda/api/changeAppointment";
import { findFirstFree } from "@/features/agenda/api/findFirstFree";
import { blockingOf, showAppointment } from "@/features/agenda/hooks/useAppointmentActs";
import type { Appointment, AppointmentType } from "@/features/agenda/types";
import { dayOf, hourOf } from "@/features/agenda/wall";
import { useSentence } from "@/ui";

/** What is being booked or moved; `moving` is the appointment that stands for now. */
export interface BookingDraft {
  patient: PatientRef | null;
  type: string | null;
  person: string | null;
  places: string[];
  day: string | null;
  /** "14:05" */
  start: string;
  minutes: number;
  note: string;
  task: string | null;
  moving: Appointment | null;
}

interface Refusal {
  sentence: string;
  blocking: Appointment | null;
}

interface Options {
  draft: BookingDraft;
  onDraft: (change: Partial<BookingDraft>) => void;
  types: AppointmentType[];
  onBooked: (appointment: Appointment) => void;
}

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const SOONEST = "07:00";

/** Completes what people type for an hour: "9" is 09:00, "930" and "9h30" are 09:30. */
export function readHour(typed: string): string {
  const [, hours, minutes = "00"] = /^\s*(\d{1,2}?)\s*[:hH.]?\s*(\d{2})?\s*$/.exec(typed) ?? [];
  const hour = hours && `${hours.padStart(2, "0")}:${minutes}`;
  return hour && HOUR.test(hour) ? hour : typed;
}

/** Sends a booking or a move; a refusal stays on the panel with the appointment that is in the way. */
export function useBooking({ draft, onDraft, types, onBooked }: Options) {
  const { t } = useTranslation("agenda");
  const client = useQueryClient();
  const sentence = useSentence();
  const key = useRef(newId());
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState<"book" | "search" | null>(null);
  const agendas = [...(draft.person ? [draft.person] : []), ...draft.places];

  const set = (change: Partial<BookingDraft>) => {
    key.current = newId();
    setFaults({});
    setRefusal(null);
    onDraft(change);
  };

  const chooseType = (id: string | null) => {
    const minutes = types.find((type) => type.id === id)?.minutes ?? draft.minutes;
    set({ type: id, minutes });
  };

  const refused = (error: unknown) => {
    const fields = error instanceof ApiError ? error.fields : {};
    setFaults(fields);
    setRefusal(Object.keys(fields).length > 0 ? null : { sentence: sentence(error), blocking: blockingOf(error) });
  };

  const during = async (what: "book" | "search", act: () => Promise<void>) => {
    setBusy(what);
    try {
      await act();
    } catch (error) {
      refused(error);
    } finally {
      setBusy(null);
    }
  };

  const send = (local_start: string) => {
    const { minutes, note, moving } = draft;
    if (moving) return changeAppointment(moving.id, { agendas, local_start, minutes, note, version: moving.version });
    return bookAppointment(
      { agendas, local_start, minutes, note, patient: draft.patient?.id ?? null, type: draft.type, task_id: draft.task },
      key.current,
    );
  };

  const submit = () => {
    const start = readHour(draft.start);
    const missing = {
      ...(agendas.length === 0 && { agendas: t("booking.needAgenda") }),
      ...(!draft.day && { day: t("booking.needDay") }),
      ...(!HOUR.test(start) && { local_start: t("booking.needTime") }),
    };
    setFaults(missing);
    if (Object.keys(missing).length > 0) return;
    void during("book", async () => {
      const appointment = await send(`${draft.day ?? ""}T${start}`);
      showAppointment(client, appointment);
      onBooked(appointment);
    });
  };

  const findFree = () => {
    if (agendas.length === 0) {
      setFaults({ agendas: t("booking.needAgenda") });
      return;
    }
    void during("search", async () => {
      const free = await findFirstFree(agendas, draft.minutes, `${draft.day ?? ""}T${HOUR.test(draft.start) ? draft.start : SOONEST}`);
      if (free) set({ day: dayOf(free), start: hourOf(free) });
      else setRefusal({ sentence: t("booking.noFree"), blocking: null });
    });
  };

  return { agendas, faults, refusal, busy, set, chooseType, submit, findFree };
}
