import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Agenda, Appointment } from "@/features/agenda/types";
import { dayOf, hourOf } from "@/features/agenda/wall";
import { AppointmentRow } from "@/features/today/components/AppointmentRow";
import { Column, Part } from "@/features/today/components/Column";
import { Loaded } from "@/features/today/components/Loaded";
import { inHours } from "@/features/today/durations";
import { useComingDays } from "@/features/today/hooks/useComingDays";
import { useConfirm } from "@/features/today/hooks/useConfirm";
import { dayRows, ofDay, unconfirmed, withWhom, type Row } from "@/features/today/pick";
import { longDay } from "@/i18n/when";
import { EmptyState } from "@/ui";
import classes from "./AppointmentRow.module.css";
import line from "./Line.module.css";

const MOST = 12;

/** What my day is made of; for those without an agenda, what the centre's day still needs. */
export function MyDay({ now }: { now: string }) {
  const { t } = useTranslation("today");
  const today = dayOf(now);
  const { agendas, named, own, none, appointments, items, shown } = useComingDays(today);
  const count = ofDay(items, today).length;
  const ofShown = ofDay(items, shown);
  return (
    <Column name="day" title={own || !agendas.data ? t("day.mine") : t("day.centre")} count={count} counted={t("day.count", { count })}>
      <Loaded query={agendas} rows={6}>
        {() => (
          <Loaded query={appointments} rows={6}>
            {() => (
              <>
                {shown !== today && <NextDay day={shown} />}
                {items.length === 0 ? <EmptyDay /> : own ? <Hours appointments={ofShown} now={now} /> : <ToConfirm appointments={ofShown} agendas={named} now={now} />}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
      {none && <EmptyState>{t("day.noAgenda")}</EmptyState>}
    </Column>
  );
}

/** Today is empty: it says so, and which day comes next. */
function NextDay({ day }: { day: string }) {
  const { t } = useTranslation("today");
  return (
    <>
      <p className={classes.none}>{t("day.nothing")}</p>
      <h3 className={classes.next}>{longDay(day)}</h3>
    </>
  );
}

function EmptyDay() {
  const { t } = useTranslation("today");
  const navigate = useNavigate();
  return <EmptyState action={{ label: t("day.see"), onClick: () => void navigate({ to: "/agenda" }) }}>{t("day.nothing")}</EmptyState>;
}

const keyOf = (row: Row): string => (row.kind === "taken" ? row.appointment.id : row.kind === "free" ? row.start : "now");

function Hours({ appointments, now }: { appointments: Appointment[]; now: string }) {
  const { t } = useTranslation("today");
  const confirm = useConfirm();
  return (
    <ol className={classes.hours}>
      {dayRows(appointments, now).map((row) =>
        row.kind === "taken" ? (
          <AppointmentRow key={keyOf(row)} appointment={row.appointment} now={now} onConfirm={row.appointment.local_end > now ? confirm : undefined} />
        ) : row.kind === "now" ? (
          <li key={keyOf(row)} className={classes.now}>
            <time>{hourOf(row.at)}</time>
            {t("day.now")}
          </li>
        ) : (
          <li key={keyOf(row)} className={`${line.line} ${classes.free}`} data-timed>
            <time>{hourOf(row.start)}</time>
            <Link data-line to="/agenda" search={{ jour: dayOf(row.start) }} className={line.title}>
              {t("day.free", { time: inHours(row.minutes) })}
            </Link>
          </li>
        ),
      )}
    </ol>
  );
}

function ToConfirm({ appointments, agendas, now }: { appointments: Appointment[]; agendas: Agenda[]; now: string }) {
  const { t } = useTranslation("today");
  const confirm = useConfirm();
  const left = unconfirmed(appointments).filter((one) => one.local_start > now);
  const shown = left.slice(0, MOST);
  const day = dayOf(appointments[0]?.local_start ?? now);
  return (
    <>
      {left.length === 0 ? (
        <EmptyState>{t("day.allConfirmed")}</EmptyState>
      ) : (
        <Part name="confirmToday" title={t("day.toConfirm")} count={left.length}>
          {shown.map((one) => (
            <AppointmentRow key={one.id} appointment={one} now={now} among={withWhom(one, agendas)} onConfirm={confirm} />
          ))}
        </Part>
      )}
      <p className={line.further}>
        <Link to="/agenda" search={{ jour: day }}>{left.length > shown.length ? t("more", { count: left.length - shown.length }) : t("day.see")}</Link>
      </p>
    </>
  );
}
