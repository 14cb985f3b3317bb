import { IconCheck, IconExclamationMark, IconMinus } from "@tabler/icons-react";

import type { StepState } from "@/features/patients/steps";
import classes from "./StepMark.module.css";

interface StepMarkProps {
  state: StepState;
  /** Said when no words stand beside the mark. */
  label?: string;
}

/** How a step stands, by shape first: a tick, an exclamation mark, a full or an empty circle. */
export function StepMark({ state, label }: StepMarkProps) {
  return (
    <span className={classes.mark} data-state={state} role={label ? "img" : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      {state === "done" && <IconCheck size={12} stroke={2.6} />}
      {state === "late" && <IconExclamationMark size={12} stroke={2.6} />}
      {(state === "skipped" || state === "withdrawn") && <IconMinus size={12} stroke={2.4} />}
    </span>
  );
}
