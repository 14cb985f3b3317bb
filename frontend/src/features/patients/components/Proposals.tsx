import { Checkbox, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Preview, Proposal } from "@/features/patients/types";
import { day } from "@/i18n/when";
import classes from "./Proposals.module.css";

interface ProposalsProps {
  preview: Preview;
  leftOut: ReadonlySet<string>;
  onToggle: (code: string) => void;
}

const GROUPS = ["due", "planned", "waiting_anchor"] as const;

/** What the protocol proposes, by when; each can be left out. What does not apply is named, with its reason. */
export function Proposals({ preview, leftOut, onToggle }: ProposalsProps) {
  const { t } = useTranslation("patients");
  const excluded = preview.steps.filter((step) => step.state === "not_applicable");
  return (
    <section aria-labelledby="proposed-title" className={classes.proposals}>
      <Title order={2} id="proposed-title">
        {t("enrol.proposed")}
      </Title>
      <Text size="xs" c="dimmed" role="status">
        {t("enrol.dueNow", { count: preview.due_now })}. {t("enrol.proposedHint")}
      </Text>
      {GROUPS.map((state) => (
        <Group key={state} title={t(`enrol.${state}`)} steps={preview.steps.filter((step) => step.state === state)} leftOut={leftOut} onToggle={onToggle} />
      ))}
      {excluded.length > 0 && (
        <details className={classes.excluded}>
          <summary>
            {t("enrol.not_applicable")} ({excluded.length})
          </summary>
          <ul>
            {excluded.map((step) => (
              <li key={step.code}>
                {step.title}
                {step.why && <span className={classes.quiet}> · {t(`enrol.why.${step.why}`)}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface GroupProps {
  title: string;
  steps: Proposal[];
  leftOut: ReadonlySet<string>;
  onToggle: (code: string) => void;
}

function Group({ title, steps, leftOut, onToggle }: GroupProps) {
  if (steps.length === 0) return null;
  return (
    <>
      <Title order={3} className={classes.group}>
        {title} ({steps.length})
      </Title>
      <ul className={classes.steps}>
        {steps.map((step) => (
          <li key={step.code}>
            <Checkbox checked={!leftOut.has(step.code)} onChange={() => onToggle(step.code)} label={<ProposalLabel step={step} />} classNames={{ body: classes.body, labelWrapper: classes.label }} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ProposalLabel({ step }: { step: Proposal }) {
  const { t } = useTranslation("patients");
  const when = step.due_on ? day(step.due_on) : step.waits_for && t("enrol.waits", { label: step.waits_for.label });
  return (
    <span className={classes.line}>
      <span className={classes.title}>{step.title}</span>
      <span className={classes.quiet}>{t(`enrol.to.${step.to.kind}`, { name: step.to.name })}</span>
      <span className={classes.when}>{when}</span>
    </span>
  );
}
