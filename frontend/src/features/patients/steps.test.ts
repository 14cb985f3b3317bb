import { expect, test } from "vitest";

import { lanesOf, monthsOf, stateOf } from "@/features/patients/steps";
import type { Step } from "@/features/patients/types";

const step = (change: Partial<Step>): Step => ({
  id: "s",
  code: "hba1c",
  occurrence: 1,
  title: "HbA1c",
  role: "medecin_traitant",
  role_label: "Médecin traitant",
  kind: "exam",
  due_on: "2026-11-23",
  opens_on: "2026-11-23",
  late_after: "2026-12-23",
  status: "due",
  late_days: 0,
  done_on: null,
  done_by: null,
  task_id: null,
  to: null,
  ...change,
});

test("a step is late only when nobody has done it", () => {
  expect(stateOf(step({ late_days: 3 }))).toBe("late");
  expect(stateOf(step({ late_days: 3, status: "done" }))).toBe("done");
  expect(stateOf(step({}))).toBe("due");
});

test("a plan's calendar has one lane per role, without what was withdrawn", () => {
  const steps = [step({}), step({ role_label: "Infirmier" }), step({ role_label: "Dentiste", status: "withdrawn" })];
  expect(lanesOf({ steps }).map(({ role }) => role)).toEqual(["Médecin traitant", "Infirmier"]);
});

test("a calendar runs from the first step to the last, across the year, and half a year at least", () => {
  const steps = [step({}), step({ due_on: "2027-08-01" })];
  const months = monthsOf(steps, "2026-11-23");
  expect([months[0], months.at(-1), months.length]).toEqual(["2026-11", "2027-08", 10]);
  expect(monthsOf([], "2026-11-23")).toHaveLength(6);
});
