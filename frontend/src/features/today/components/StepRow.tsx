import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { LateStep } from "@/features/today/api/listLateSteps";
import { LateMark } from "@/ui";
import classes from "./Line.module.css";

interface StepRowProps {
  step: LateStep;
  onDone: (step: LateStep) => void;
}

/** One late step: what, for whom, how late, who was to do it; marked done without leaving the page. */
export function StepRow({ step, onDone }: StepRowProps) {
  const { t } = useTranslation("patients");
  const { t: today } = useTranslation("today");
  return (
    <li className={classes.line}>
      <div>
        <Link data-line to="/patients/{-$id}" params={{ id: step.patient.id }} search={{ volet: "plans" }} className={classes.title} title={step.protocol.title}>
          {step.title}
        </Link>
        <div className={classes.facts}>
          <span className={classes.patient}>{step.patient.name}</span>
          <LateMark dueOn={step.due_on} lateDays={step.late_days} />
          <span>{step.to?.name ?? step.role_label}</span>
        </div>
      </div>
      <Button className={classes.act} size="compact-sm" variant="default" aria-label={`${t("plans.markDoneOf", { title: step.title })} (${step.patient.name})`} onClick={() => onDone(step)}>
        {today("follow.done")}
      </Button>
    </li>
  );
}
