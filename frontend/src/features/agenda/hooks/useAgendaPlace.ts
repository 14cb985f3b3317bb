import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import { today } from "@/i18n/when";

export type View = "jour" | "semaine" | "mois";

export interface AgendaPlace {
  day: string;
  view: View;
  /** The appointment that is open. */
  rdv: string | undefined;
  /** The task an appointment is being booked for. */
  tache: string | undefined;
  /** The patient an appointment is being booked for. */
  patient: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string | undefined): text is string => !!text && DAY.test(text) && !Number.isNaN(Date.parse(text));

/** Where one is in the agenda; it is all in the address. */
export function useAgendaPlace() {
  const { jour, vue, rdv, tache, patient } = useSearch({ from: "/agenda" });
  const navigate = useNavigate({ from: "/agenda" });
  const view: View = vue === "semaine" || vue === "mois" ? vue : "jour";
  const place: AgendaPlace = { day: isDay(jour) ? jour : today(), view, rdv, tache, patient };
  const go = useCallback(
    (change: { jour?: string; vue?: View; rdv?: string | undefined; tache?: undefined; patient?: undefined }) =>
      void navigate({ search: (known) => ({ ...known, ...change }) }),
    [navigate],
  );
  return { place, go };
}
