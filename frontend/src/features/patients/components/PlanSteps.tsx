import { Button, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { completeStep, plansQuery, reopenStep } from "@/features/patients/api/plans";
import { StepMark } from "@/features/patients/components/StepMark";
import { isOver, STATES, stateOf, type StepState } from "@/features/patients/steps";
import type { Patient, Plan, Step } from "@/features/patients/types";
import { day } from "@/i18n/when";
import { readAgain } from "@/realtime/readAgain";
import { LateMark, offerUndo, sayFailed, useSentence } from "@/ui";
import classes from "./PlanSteps.module.css";

interface PlanStepsProps {
  plan: Plan;
  patient: Patient;
}

/** The steps of a plan by how they stand; what is to do can be marked done in place. */
export function PlanSteps({ plan, patient }: PlanStepsProps) {
  const { t } = useTranslation("patients");
  const groups = STATES.map((state) => ({ state, steps: plan.steps.filter((step) => stateOf(step) === state) }));
  return (
    <div className={classes.groups}>
      {groups
        .filter((group) => group.steps.length > 0 && group.state !== "withdrawn")
        .map((group) => (
          <details key={group.state} open={!isOver(group.state)} className={classes.group}>
            <summary>
              <Title order={3} component="span" className={classes.state} data-state={group.state}>
                {t(`plans.state.${group.state}`)} ({group.steps.length})
              </Title>
            </summary>
            <ul className={classes.steps}>
              {group.steps.map((step) => (
                <StepLine key={step.id} step={step} state={group.state} patient={patient} />
              ))}
            </ul>
          </details>
        ))}
      {plan.waiting.length > 0 && (
        <details className={classes.group}>
          <summary>
            <Title order={3} component="span" className={classes.state}>
              {t("plans.waiting")} ({plan.waiting.length})
            </Title>
          </summary>
          <ul className={classes.steps}>
            {plan.waiting.map((step) => (
              <li key={step.code} className={classes.step}>
                <StepMark state="planned" />
                <span className={classes.title}>{step.title}</span>
                <span className={classes.quiet}>{t("plans.waitingFor", { label: step.anchor_label })}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface StepLineProps {
  step: Step;
  state: StepState;
  patient: Patient;
}

function StepLine({ step, state, patient }: StepLineProps) {
  const { t } = useTranslation("patients");
  return (
    <li className={classes.step}>
      <StepMark state={state} />
      <div className={classes.what}>
        <Text className={classes.title}>{step.title}</Text>
        <Text size="xs" c="dimmed" component="div" className={classes.facts}>
          {isOver(state) ? <span>{t("plans.doneOn", { day: day(step.done_on ?? step.due_on) })}</span> : <LateMark dueOn={step.due_on} lateDays={step.late_days} />}
          <span>{step.to ? `${step.role_label} ${t("plans.to", { name: step.to.name })}` : step.role_label}</span>
          {step.task_id && !isOver(state) && (
            <Link to="/taches" search={{ tache: step.task_id }} className={classes.link}>
              {t("plans.task")}
            </Link>
          )}
        </Text>
      </div>
      {(state === "due" || state === "late") && <MarkDone step={step} patient={patient} />}
    </li>
  );
}

function MarkDone({ step, patient }: { step: Step; patient: Patient }) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const again = () => readAgain(client, { queryKey: plansQuery(patient.id).queryKey });
  const onError = (error: Error) => sayFailed({ message: sentence(error) });
  const back = useMutation({ mutationFn: () => reopenStep(step.id), onSuccess: again, onError });
  const mark = useMutation({
    mutationFn: () => completeStep(step.id),
    onSuccess: async () => {
      offerUndo({ message: t("plans.marked", { title: step.title }), label: common("act.undo"), undo: () => back.mutate() });
      await again();
    },
    onError,
  });
  return (
    <Button size="compact-sm" variant="default" loading={mark.isPending} aria-label={t("plans.markDoneOf", { title: step.title })} onClick={() => mark.mutate()}>
      {t("plans.markDone")}
    </Button>
  );
}
