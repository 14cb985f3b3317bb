import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { appointmentsQuery } from "@/features/agenda/api/listAppointments";
import type { Appointment } from "@/features/agenda/types";
import { dayOf } from "@/features/agenda/wall";
import { AppointmentRow } from "@/features/today/components/AppointmentRow";
import { Column, Part } from "@/features/today/components/Column";
import { Loaded } from "@/features/today/components/Loaded";
import { useConfirm, useDayAgendas, withWhom } from "@/features/today/hooks/useDayAgendas";
import { unconfirmed } from "@/features/today/pick";
import { addDays } from "@/i18n/when";
import { EmptyState } from "@/ui";
import line from "./Line.module.css";

const DAYS = 7;
const MOST = 8;

/** What to keep an eye on: late steps, and the appointments of the coming days that nobody has confirmed. */
export function ToFollow({ today }: { today: string }) {
  const { t } = useTranslation("today");
  const { query, ids } = useDayAgendas();
  const filter = { from: addDays(today, 1), until: addDays(today, DAYS), agendas: ids, cancelled: false };
  const appointments = useQuery({ ...appointmentsQuery(filter), enabled: ids.length > 0 });
  const left = unconfirmed(appointments.data?.items ?? []);
  return (
    <Column name="follow" title={t("follow.title")} count={appointments.data && left.length} counted={t("follow.count", { count: left.length })}>
      <Loaded query={query}>{() => <Loaded query={appointments}>{() => <Unconfirmed appointments={left} />}</Loaded>}</Loaded>
      {appointments.data && left.length === 0 && <Nothing />}
    </Column>
  );
}

function Unconfirmed({ appointments }: { appointments: Appointment[] }) {
  const { t } = useTranslation("today");
  const { own, agendas } = useDayAgendas();
  const confirm = useConfirm();
  const more = appointments.length - MOST;
  const first = appointments[MOST];
  if (appointments.length === 0) return null;
  return (
    <>
      <Part name="unconfirmed" title={t("follow.unconfirmed")} count={appointments.length}>
        {appointments.slice(0, MOST).map((one) => (
          <AppointmentRow key={one.id} appointment={one} withDay among={own ? undefined : withWhom(one, agendas)} onConfirm={confirm} />
        ))}
      </Part>
      {first && (
        <p className={line.further}>
          <Link to="/agenda" search={{ jour: dayOf(first.local_start) }}>
            {t("more", { count: more })}
          </Link>
        </p>
      )}
    </>
  );
}

function Nothing() {
  const { t } = useTranslation("today");
  const navigate = useNavigate();
  return <EmptyState action={{ label: t("follow.see"), onClick: () => void navigate({ to: "/protocoles/{-$id}" }) }}>{t("follow.nothing")}</EmptyState>;
}
