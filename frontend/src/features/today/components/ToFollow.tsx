import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Agenda, Appointment } from "@/features/agenda/types";
import { dayOf } from "@/features/agenda/wall";
import { lateStepsQuery, type LateStep } from "@/features/today/api/listLateSteps";
import { AppointmentRow } from "@/features/today/components/AppointmentRow";
import { Column, Part } from "@/features/today/components/Column";
import { Loaded } from "@/features/today/components/Loaded";
import { StepRow } from "@/features/today/components/StepRow";
import { useComingDays } from "@/features/today/hooks/useComingDays";
import { useConfirm } from "@/features/today/hooks/useConfirm";
import { useMyTasks } from "@/features/today/hooks/useMyTasks";
import { useStepDone } from "@/features/today/hooks/useStepDone";
import { followed, toConfirmAfter, withWhom } from "@/features/today/pick";
import { EmptyState } from "@/ui";
import line from "./Line.module.css";

const MOST_STEPS = 5;
const MOST_APPOINTMENTS = 6;

/** What to keep an eye on: late steps in others' hands, and the coming appointments that nobody has confirmed. */
export function ToFollow({ today }: { today: string }) {
  const { t } = useTranslation("today");
  const { agendas, named, own, none, appointments, items, shown } = useComingDays(today);
  const { mine, known: listed } = useMyTasks();
  const late = useQuery(lateStepsQuery);
  const steps = followed(late.data?.items ?? [], mine);
  const left = toConfirmAfter(items, shown, own);
  const known = late.data && listed && (none || appointments.data);
  const count = steps.length + left.length;
  return (
    <Column name="follow" title={t("follow.title")} count={known ? count : undefined} counted={t("follow.count", { count })}>
      <Loaded query={late}>{() => listed && <Late steps={steps} />}</Loaded>
      <Loaded query={agendas}>{() => <Loaded query={appointments}>{() => <Unconfirmed appointments={left} agendas={own ? [] : named} />}</Loaded>}</Loaded>
      {known && count === 0 && <Nothing />}
    </Column>
  );
}

function Late({ steps }: { steps: LateStep[] }) {
  const { t } = useTranslation("today");
  const done = useStepDone();
  const more = steps.length - MOST_STEPS;
  if (steps.length === 0) return null;
  return (
    <>
      <Part name="lateSteps" title={t("follow.steps")} count={steps.length} tone="late">
        {steps.slice(0, MOST_STEPS).map((step) => (
          <StepRow key={step.id} step={step} onDone={(one) => void done(one)} />
        ))}
      </Part>
      {more > 0 && (
        <p className={line.further}>
          <Link to="/protocoles/{-$id}">{t("follow.moreSteps", { count: more })}</Link>
        </p>
      )}
    </>
  );
}

/** `agendas` names with whom they are; empty when they are all one's own. */
function Unconfirmed({ appointments, agendas }: { appointments: Appointment[]; agendas: Agenda[] }) {
  const { t } = useTranslation("today");
  const confirm = useConfirm();
  const next = appointments[MOST_APPOINTMENTS];
  if (appointments.length === 0) return null;
  return (
    <>
      <Part name="unconfirmed" title={t("follow.unconfirmed")} count={appointments.length}>
        {appointments.slice(0, MOST_APPOINTMENTS).map((one) => (
          <AppointmentRow key={one.id} appointment={one} withDay among={withWhom(one, agendas)} onConfirm={confirm} />
        ))}
      </Part>
      {next && (
        <p className={line.further}>
          <Link to="/agenda" search={{ jour: dayOf(next.local_start) }}>
            {t("more", { count: appointments.length - MOST_APPOINTMENTS })}
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
