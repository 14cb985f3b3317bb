import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";

import { spoken } from "@/features/agenda/grid";
import type { Agenda, Appointment } from "@/features/agenda/types";
import { dayOf, hourOf } from "@/features/agenda/wall";
import { dayAndHour, longDay } from "@/i18n/when";
import classes from "./PrintSheet.module.css";

interface PrintSheetProps {
  title: string;
  agendas: Agenda[];
  appointments: Appointment[];
}

/** What comes out of the printer instead of the screen: each agenda as a list, in columns on one page. */
export function PrintSheet({ title, agendas, appointments }: PrintSheetProps) {
  const { t } = useTranslation("agenda");
  return createPortal(
    <div className={classes.sheet} aria-hidden>
      <header className={classes.header}>
        <h1>{title}</h1>
        <span>{t("printedAt", { date: dayAndHour(new Date()) })}</span>
      </header>
      <div className={classes.columns}>
        {agendas.map((agenda) => (
          <section key={agenda.id} className={classes.agenda}>
            <h2>{agenda.name}</h2>
            <Lines appointments={appointments.filter((one) => one.agendas.includes(agenda.id))} />
          </section>
        ))}
      </div>
    </div>,
    document.body,
  );
}

function Lines({ appointments }: { appointments: Appointment[] }) {
  const { t } = useTranslation("agenda");
  const days = [...new Set(appointments.map((one) => dayOf(one.local_start)))];
  if (days.length === 0) return <p>{t("emptyDay")}</p>;
  return days.map((day) => (
    <div key={day}>
      {days.length > 1 && <h3>{longDay(day)}</h3>}
      <ul>
        {appointments
          .filter((one) => dayOf(one.local_start) === day)
          .map((one) => (
            <li key={one.id} title={spoken(one, t)}>
              <time>{hourOf(one.local_start)}</time>
              <span>
                {one.patient?.name ?? t("noPatient")}
                <small>{[one.type?.name, one.note].filter(Boolean).join(" · ")}</small>
              </span>
            </li>
          ))}
      </ul>
    </div>
  ));
}
