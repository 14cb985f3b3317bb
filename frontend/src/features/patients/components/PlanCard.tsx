import { Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { PlanCalendar } from "@/features/patients/components/PlanCalendar";
import { PlanSteps } from "@/features/patients/components/PlanSteps";
import { stateOf } from "@/features/patients/steps";
import type { Patient, Plan } from "@/features/patients/types";
import { day } from "@/i18n/when";
import classes from "./PlanCard.module.css";

interface PlanCardProps {
  plan: Plan;
  patient: Patient;
}

/** One plan: what it is, where it stands, its calendar, and its steps. */
export function PlanCard({ plan, patient }: PlanCardProps) {
  const { t } = useTranslation("patients");
  const states = plan.steps.map(stateOf).filter((state) => state !== "withdrawn");
  const late = states.filter((state) => state === "late").length;
  const done = states.filter((state) => state === "done").length;
  const inclusion = plan.anchors.inclusion ?? plan.created_at;
  const included = plan.enrolled_by
    ? t("plans.includedBy", { day: day(inclusion), who: plan.enrolled_by.name })
    : t("plans.included", { day: day(inclusion) });
  return (
    <article className={classes.plan}>
      <header className={classes.head}>
        <Title order={2}>{plan.protocol.title}</Title>
        <Text size="xs" c="dimmed">
          {included} · {t("plans.doneOf", { done, total: states.length })}
          {plan.status === "ended" && ` · ${t("plans.ended")}`}
          {late > 0 && (
            <Text span inherit c="var(--late)" fw={550}>
              {" "}
              · {t("plans.late", { count: late })}
            </Text>
          )}
        </Text>
      </header>
      <PlanCalendar plan={plan} />
      <PlanSteps plan={plan} patient={patient} />
    </article>
  );
}
