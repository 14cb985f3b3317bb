import { describe, expect, test } from "vitest";

import { advance, REFETCH } from "@/realtime/live";
import { applyToList, belongs, foresee, inOrder, lateDays } from "@/features/tasks/lists";
import { sections } from "@/features/tasks/sections";
import type { Task, Tasks } from "@/features/tasks/types";

const person = (id: string, short: string) => ({ id, name: short, short, profession: "Infirmière", initials: "AD" });
const awa = person("p-awa", "Awa D.");
const martine = person("p-martine", "Martine D.");

const make = (change: Partial<Task> = {}): Task => ({
  id: "t1",
  queue: { id: "q1", name: "Secrétariat" },
  patient: null,
  title: "Rappeler",
  note: "",
  status: "open",
  priority: "routine",
  due_on: null,
  late_after: null,
  late_days: 0,
  claimed_by: null,
  assignee: null,
  origin: null,
  checklist: [],
  created_by: martine,
  created_at: "2026-11-20T08:00:00Z",
  done_at: null,
  done_by: null,
  ...change,
});

const list = (...items: Task[]): Tasks => ({ items, more: false, heads: { q1: 4, q2: 9 } });
const event = (kind: string, data: object, stream = "q1", seq = 5) => ({ stream, seq, kind, actor: null, at: "2026-11-21T10:00:00Z", data: data as Record<string, unknown> });

describe("a list of tasks follows its queue", () => {
  test("a claim is seen by everyone who looks at the queue", () => {
    const claimed = make({ status: "claimed", claimed_by: awa });
    const after = advance(list(make()), event("task.changed", claimed), applyToList({ queue: "q1" }, martine.id)) as Tasks;
    expect(after.items[0]?.claimed_by?.short).toBe("Awa D.");
    expect(after.heads.q1).toBe(5);
  });

  test("a task meant for me in a queue that I do not work makes the list be fetched again", () => {
    expect(advance({ ...list(), heads: { me: 4 } }, event("task.assigned", { id: "t1" }, "me"), applyToList({ mine: true }, awa.id))).toBe(REFETCH);
  });

  test("an event that the list already contains changes nothing", () => {
    const before = list(make());
    expect(advance(before, event("task.changed", make({ title: "Autre" }), "q1", 4), applyToList({}, awa.id))).toBe(before);
  });

  test("a task that is completed leaves the list of what is to do, and enters that of what is closed", () => {
    const done = make({ status: "done", done_at: "2026-11-21T10:00:00Z" });
    const toDo = advance(list(make()), event("task.changed", done), applyToList({ queue: "q1" }, awa.id)) as Tasks;
    const closed = advance(list(), event("task.changed", done), applyToList({ queue: "q1", done: true }, awa.id)) as Tasks;
    expect(toDo.items).toEqual([]);
    expect(closed.items).toEqual([done]);
  });

  test("a task handed over leaves its queue, whichever of the two events comes first", () => {
    const moved = make({ queue: { id: "q2", name: "Infirmerie" } });
    const apply = applyToList({}, awa.id);
    const left = event("task.left", { id: "t1" }, "q1", 5);
    const arrived = event("task.created", moved, "q2", 10);
    const one = advance(advance(list(make()), left, apply) as Tasks, arrived, apply) as Tasks;
    const other = advance(advance(list(make()), arrived, apply) as Tasks, left, apply) as Tasks;
    expect(one.items).toEqual([moved]);
    expect(other.items).toEqual([moved]);
  });
});

test("a task that not everybody of its queue may read is fetched again", () => {
  const withheld = event("task.withheld", { id: "t1" }, "q1", 5);
  expect(advance(list(make()), withheld, applyToList({ queue: "q1" }, awa.id))).toBe(REFETCH);
});

describe("my tasks", () => {
  test("are those I claimed and those meant for me that nobody claimed", () => {
    expect(belongs(make({ claimed_by: awa, status: "claimed" }), { mine: true }, awa.id)).toBe(true);
    expect(belongs(make({ assignee: awa }), { mine: true }, awa.id)).toBe(true);
    expect(belongs(make({ assignee: awa, claimed_by: martine, status: "claimed" }), { mine: true }, awa.id)).toBe(false);
    expect(belongs(make(), { mine: true }, awa.id)).toBe(false);
  });
});

describe("lateness", () => {
  test("is counted from the last day on which the task was in time", () => {
    expect(lateDays(make({ due_on: "2026-11-18" }), "2026-11-21")).toBe(3);
    expect(lateDays(make({ due_on: "2026-11-18", late_after: "2026-11-25" }), "2026-11-21")).toBe(0);
    expect(lateDays(make({ due_on: "2026-11-21" }), "2026-11-21")).toBe(0);
    expect(lateDays(make({ due_on: "2026-11-18", status: "done" }), "2026-11-21")).toBe(0);
  });

  test("cuts the list where a reader would: urgent, late, today, later, undated", () => {
    const tasks = [
      make({ id: "undated" }),
      make({ id: "later", due_on: "2026-11-30" }),
      make({ id: "today", due_on: "2026-11-21" }),
      make({ id: "late", due_on: "2026-11-10" }),
      make({ id: "urgent", priority: "urgent", due_on: "2026-12-01" }),
    ];
    expect(sections(tasks, "2026-11-21").map(({ name, tasks: found }) => [name, found.map(({ id }) => id)])).toEqual([
      ["urgent", ["urgent"]],
      ["late", ["late"]],
      ["today", ["today"]],
      ["later", ["later"]],
      ["undated", ["undated"]],
    ]);
  });

  test("orders what is due first before what is due later, and the undated last", () => {
    const sorted = [make({ id: "none" }), make({ id: "b", due_on: "2026-11-22" }), make({ id: "a", due_on: "2026-11-20" })].sort(inOrder);
    expect(sorted.map(({ id }) => id)).toEqual(["a", "b", "none"]);
  });
});

test("an act is foreseen as the server will tell it: claimed by me, free again, done by me", () => {
  expect(foresee(make(), "claim", awa, "now")).toMatchObject({ status: "claimed", claimed_by: awa });
  expect(foresee(make({ status: "claimed", claimed_by: awa }), "release", awa, "now")).toMatchObject({ status: "open", claimed_by: null });
  expect(foresee(make(), "complete", awa, "now")).toMatchObject({ status: "done", done_by: awa, done_at: "now" });
});
