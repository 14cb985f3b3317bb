import type { Plan, Step } from "@/features/patients/types";
import { addDays } from "@/i18n/when";

export type StepState = "late" | "due" | "planned" | "done" | "skipped" | "withdrawn";

/** In the order in which a plan lists them. */
export const STATES: readonly StepState[] = ["late", "due", "planned", "done", "skipped", "withdrawn"];

export const stateOf = (step: Pick<Step, "status" | "late_days">): StepState =>
  step.late_days > 0 && (step.status === "due" || step.status === "planned") ? "late" : step.status;

export const isOver = (state: StepState): boolean => state === "done" || state === "skipped" || state === "withdrawn";

/** The day a step stands on in the calendar: when it was done, else when it is due. */
export const placeOf = (step: Pick<Step, "done_on" | "due_on">): string => step.done_on ?? step.due_on;

export interface Lane {
  role: string;
  steps: Step[];
}

/** A plan's steps by who they are for, in the order in which they first come. */
export function lanesOf(plan: Pick<Plan, "steps">): Lane[] {
  const lanes = new Map<string, Step[]>();
  for (const step of plan.steps) {
    if (step.status === "withdrawn") continue;
    lanes.set(step.role_label, [...(lanes.get(step.role_label) ?? []), step]);
  }
  return [...lanes].map(([role, steps]) => ({ role, steps }));
}

const MONTHS_AT_LEAST = 6;

/** Every month ("2026-11") from the first step to the last; at least half a year, so that a young plan has a shape. */
export function monthsOf(steps: Pick<Step, "done_on" | "due_on">[], today: string): string[] {
  const days = [...steps.map(placeOf), today].sort();
  const last = days.at(-1)?.slice(0, 7) ?? "";
  const months: string[] = [];
  let day = `${days[0]?.slice(0, 7) ?? today.slice(0, 7)}-01`;
  while (day.slice(0, 7) <= last || months.length < MONTHS_AT_LEAST) {
    months.push(day.slice(0, 7));
    day = `${addDays(day, 32).slice(0, 7)}-01`;
  }
  return months;
}
