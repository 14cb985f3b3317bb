import type { StepDefinition } from "@/features/protocols/api/getProtocol";
import { days } from "@/features/protocols/durations";

export interface Mark {
  /** In per cent of the axis. */
  at: number;
  from: number;
  width: number;
}

export interface Axis {
  start: number;
  end: number;
  /** Where the ticks are, in days, and in which unit they are said. */
  ticks: number[];
  unit: "weeks" | "months" | "years";
}

const UNIT_DAYS = { weeks: 7, months: 30.4375, years: 365.25 };
const STEPS = [1, 2, 3, 4, 6, 12, 24, 36];
const MOST_TICKS = 9;
const YEAR = 365.25;
const MOST_MARKS = 40;

function unitFor(length: number): Axis["unit"] {
  if (length <= 20 * 7) return "weeks";
  return length <= 5 * YEAR ? "months" : "years";
}

/** The stretch of time that shows every step at least once, and a year of those that come back. */
export function axisOf(steps: StepDefinition[]): Axis {
  const ends = steps.map((step) => Math.max(days(step.first_due), 0) + (step.every ? Math.min(days(step.every) * 2, YEAR) : 0) + days(step.window.after) / 2);
  const starts = steps.map((step) => days(step.first_due) - days(step.window.before));
  const end = Math.max(28, ...ends);
  const start = Math.min(0, ...starts.filter((value, index) => value < -14 && days(steps[index]?.first_due ?? "P0D") < 0));
  const unit = unitFor(end - start);
  const size = STEPS.find((step) => (end - start) / (step * UNIT_DAYS[unit]) <= MOST_TICKS) ?? 60;
  const gap = size * UNIT_DAYS[unit];
  const first = Math.ceil(start / gap);
  const ticks = Array.from({ length: Math.floor(end / gap) - first + 1 }, (_, index) => (first + index) * gap);
  return { start, end: end * 1.03, ticks, unit };
}

export const tickLabel = (tick: number, unit: Axis["unit"]): number => Math.round(tick / UNIT_DAYS[unit]);

export const placeOn = ({ start, end }: Axis, day: number): number => ((day - start) / (end - start)) * 100;

const clamp = (value: number): number => Math.min(100, Math.max(0, value));

/** Each time the step falls due on the axis, with the window in which it is to be done. */
export function marks(step: StepDefinition, axis: Axis): Mark[] {
  const gap = step.every ? days(step.every) : 0;
  const first = days(step.first_due);
  const most = step.max_count ?? MOST_MARKS;
  const times = gap > 0 ? Math.min(most, MOST_MARKS, Math.floor((axis.end - first) / gap) + 1) : 1;
  return Array.from({ length: Math.max(1, times) }, (_, index) => {
    const due = first + index * gap;
    const from = clamp(placeOn(axis, due - days(step.window.before)));
    const to = clamp(placeOn(axis, due + days(step.window.after)));
    return { at: clamp(placeOn(axis, due)), from, width: to - from };
  });
}

/** The steps by what they are counted from, in the protocol's order. */
export function byAnchor(steps: StepDefinition[]): { anchor: string; label: string; steps: StepDefinition[] }[] {
  const groups = new Map<string, StepDefinition[]>();
  for (const step of steps) groups.set(step.anchor, [...(groups.get(step.anchor) ?? []), step]);
  return [...groups].map(([anchor, found]) => ({ anchor, label: found[0]?.anchor_label ?? anchor, steps: found }));
}
