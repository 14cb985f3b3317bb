import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { StepMark } from "@/features/patients/components/StepMark";
import { lanesOf, monthsOf, placeOf, stateOf } from "@/features/patients/steps";
import type { Plan, Step } from "@/features/patients/types";
import { languageNow } from "@/i18n";
import { day, today } from "@/i18n/when";
import classes from "./PlanCalendar.module.css";

/** Marks stand side by side up to this many, then in rows. */
const PER_ROW = 6;
const MARK_PX = 19;

const monthName = (month: string) =>
  new Intl.DateTimeFormat(languageNow() === "en" ? "en-GB" : "fr-FR", { month: "short", timeZone: "UTC" }).format(new Date(`${month}-15T12:00:00Z`));

/** A plan as a calm calendar: who, by month, and how each step stands. */
export function PlanCalendar({ plan }: { plan: Plan }) {
  const { t } = useTranslation("patients");
  const lanes = lanesOf(plan);
  const months = monthsOf(lanes.flatMap((lane) => lane.steps), today());
  const now = today().slice(0, 7);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("plans.calendar", { title: plan.protocol.title })}>
      <table className={classes.calendar}>
        <thead>
          <tr>
            <td />
            {months.map((month) => (
              <th key={month} scope="col" data-now={month === now || undefined}>
                {monthName(month)}
                {month.endsWith("-01") && <span className={classes.year}>{month.slice(0, 4)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <tr key={lane.role}>
              <th scope="row">{lane.role}</th>
              {months.map((month) => (
                <td key={month} data-now={month === now || undefined}>
                  <Marks steps={lane.steps.filter((step) => placeOf(step).startsWith(month))} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Marks({ steps }: { steps: Step[] }) {
  const { t } = useTranslation("patients");
  return (
    <div className={classes.marks} style={{ minWidth: Math.min(steps.length, PER_ROW) * MARK_PX }}>
      {steps.map((step) => {
        const state = stateOf(step);
        const label = `${step.title}, ${t(`plans.one.${state}`)}, ${day(placeOf(step))}`;
        return (
          <Tooltip key={step.id} label={label} multiline maw={280} openDelay={100}>
            <span>
              <StepMark state={state} label={label} />
            </span>
          </Tooltip>
        );
      })}
    </div>
  );
}
