import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import { useAppointmentActs } from "@/features/agenda/hooks/useAppointmentActs";
import type { Appointment } from "@/features/agenda/types";
import { dayOf } from "@/features/agenda/wall";
import { useMay } from "@/features/session/hooks/useSession";

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
