import { expect, test } from "vitest";

import type { Appointment } from "@/features/agenda/types";
import type { Task } from "@/features/tasks/types";
import { inHours } from "@/features/today/durations";
import { countOf, dayRows, dayShown, firstOf, followed, toConfirmAfter, toDoToday, waitsFor } from "@/features/today/pick";

const ME = "me";
const QUEUES = [{ id: "infirmerie" }];

const task = (change: Partial<Task>): Task =>
  ({ id: "t", status: "open", priority: "routine", queue: { id: "infirmerie", name: "Infirmerie" }, due_on: "2026-11-23", late_after: null, claimed_by: null, assignee: null, created_at: "2026-11-01T08:00:00Z", ...change }) as Task;

const at = (start: string, end: string, status: Appointment["status"] = "booked"): Appointment =>
  ({ id: start, local_start: start, local_end: end, status, agendas: [] as string[] }) as Appointment;

const person = (id: string) => ({ id }) as Task["claimed_by"];

test("a free task of a queue I work waits for me", () => {
  expect(waitsFor(task({}), ME, QUEUES)).toBe(true);
});

test("a task that a colleague has, or that is meant for one, does not wait for me", () => {
  expect(waitsFor(task({ status: "claimed", claimed_by: person("julien") }), ME, QUEUES)).toBe(false);
  expect(waitsFor(task({ assignee: person("julien") }), ME, QUEUES)).toBe(false);
});

test("a task that I hold waits for me in any queue, until it is closed", () => {
  const held = task({ status: "claimed", claimed_by: person(ME), queue: { id: "other", name: "" } });
  expect(waitsFor(held, ME, QUEUES)).toBe(true);
  expect(waitsFor({ ...held, status: "done" }, ME, QUEUES)).toBe(false);
});

test("late tasks come before today's, and what comes later is left for later unless I hold it", () => {
  const tasks = [
    task({ id: "later", due_on: "2026-12-10" }),
    task({ id: "held", due_on: "2026-12-11", status: "claimed", claimed_by: person(ME) }),
    task({ id: "today" }),
    task({ id: "late", due_on: "2026-11-20" }),
  ];
  const found = toDoToday(tasks, "2026-11-23", ME);
  expect(found.map(({ name, tasks: shown }) => [name, shown.map(({ id }) => id)])).toEqual([
    ["late", ["late"]],
    ["today", ["today"]],
    ["later", ["held"]],
  ]);
  expect(countOf(firstOf(found, 2))).toBe(2);
});

test("the clock stands before the next appointment, in the free time that has begun", () => {
  const rows = dayRows([at("2026-11-23T09:00", "2026-11-23T09:30"), at("2026-11-23T11:00", "2026-11-23T11:30")], "2026-11-23T10:00");
  expect(rows.map(({ kind }) => kind)).toEqual(["taken", "free", "now", "taken"]);
});

test("no clock is drawn during an appointment, before the first or after the last", () => {
  const day = [at("2026-11-23T09:00", "2026-11-23T09:30"), at("2026-11-23T11:00", "2026-11-23T11:30")];
  for (const now of ["2026-11-23T08:00", "2026-11-23T09:10", "2026-11-23T12:00"]) {
    expect(dayRows(day, now).some(({ kind }) => kind === "now")).toBe(false);
  }
});

test("when today is empty the next day that is not is shown", () => {
  const week = [at("2026-11-25T09:00", "2026-11-25T09:30"), at("2026-11-24T09:00", "2026-11-24T09:30")];
  expect(dayShown(week, "2026-11-22")).toBe("2026-11-24");
  expect(dayShown([], "2026-11-22")).toBe("2026-11-22");
});

test("a centre confirms its next day, a person their whole week", () => {
  const week = [at("2026-11-24T09:00", "2026-11-24T09:30"), at("2026-11-24T10:00", "2026-11-24T10:30", "confirmed"), at("2026-11-25T09:00", "2026-11-25T09:30")];
  expect(toConfirmAfter(week, "2026-11-23", false).map(({ id }) => id)).toEqual(["2026-11-24T09:00"]);
  expect(toConfirmAfter(week, "2026-11-23", true)).toHaveLength(2);
});

test("a late step whose task already waits for me is not said twice", () => {
  const steps = [{ id: "a", task_id: "t" }, { id: "b", task_id: null }] as Parameters<typeof followed>[0];
  expect(followed(steps, [task({})]).map(({ id }) => id)).toEqual(["b"]);
});

test("lengths are said in hours as people say them", () => {
  expect([45, 60, 90, 125].map(inHours)).toEqual(["45 min", "1 h", "1 h 30", "2 h 05"]);
});
