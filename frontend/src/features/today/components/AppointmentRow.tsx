import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CSSProperties } from "react";

import { colourOf } from "@/features/agenda/components/EventBody";
import { StateMark } from "@/features/agenda/components/StateMark";
import type { Appointment } from "@/features/agenda/types";
import { dayOf, hourOf } from "@/features/agenda/wall";
import { day } from "@/i18n/when";
import classes from "./AppointmentRow.module.css";
import line from "./Line.module.css";

interface AppointmentRowProps {
  appointment: Appointment;
  /** The present wall time, on the list of one day; what is over steps back. */
  now?: string;
  /** Whether the day is worth saying: not on the list of one day. */
  withDay?: boolean;
  /** With whom, when the list is about several agendas. */
  among?: string | undefined;
  onConfirm?: ((appointment: Appointment) => void) | undefined;
}

/** One appointment: when, who, why; confirmed without leaving the page. */
export function AppointmentRow({ appointment, now, withDay = false, among, onConfirm }: AppointmentRowProps) {
  const { t } = useTranslation("today");
  const { t: agenda } = useTranslation("agenda");
  const { local_start: start, local_end: end, patient, type, note, status } = appointment;
  const who = patient?.name ?? type?.name ?? (note || agenda("noPatient"));
  const over = now !== undefined && end <= now;
  const under = now !== undefined && start <= now && now < end;
  const why = [under && t("day.now"), patient && type?.name, among].filter(Boolean).join(" · ");
  return (
    <li
      className={`${line.line} ${classes.appointment}`}
      data-timed={withDay ? "day" : "hours"}
      data-over={over || undefined}
      data-now={under || undefined}
      style={{ "--type": colourOf(appointment) } as CSSProperties}
    >
      <time className={line.when}>
        {hourOf(start)}
        <small>{withDay ? day(dayOf(start)) : hourOf(end)}</small>
      </time>
      <div className={classes.what}>
        <Link data-line to="/agenda" search={{ jour: dayOf(start), rdv: appointment.id }} className={line.title} title={who}>
          {who}
        </Link>
        {why && <div className={line.facts}>{why}</div>}
      </div>
      {status === "booked" && onConfirm ? (
        <Button className={line.act} size="compact-sm" variant="default" aria-label={t("confirmFor", { name: who, time: hourOf(start) })} onClick={() => onConfirm(appointment)}>
          {t("confirm")}
        </Button>
      ) : over ? null : (
        <span className={classes.state} data-status={status}>
          <StateMark status={status} size={16} />
          {agenda(`status.${status as "booked"}`)}
        </span>
      )}
    </li>
  );
}
