import { expect, test } from "vitest";

import type { Role } from "@/features/administration/api/roles";
import { acknowledge, changedRoles, countPending, forget, NO_DRAFT, overtaken, pendingOf, rightsAfter, toggle, wouldHold } from "@/features/administration/matrix/draft";

const role = (rights: string[], version = 1): Role => ({ id: "sec", code: "secretariat", name: "Secrétariat", rights, version, people: 2 });

test("a right taken away and given back leaves nothing to save", () => {
  const secretary = role(["agenda.see", "agenda.book"]);
  const taken = toggle(NO_DRAFT, secretary, "agenda.book");
  expect(wouldHold(taken, secretary, "agenda.book")).toBe(false);
  expect(rightsAfter(taken, secretary)).toEqual(["agenda.see"]);
  expect(toggle(taken, secretary, "agenda.book")).toEqual(NO_DRAFT);
});

test("giving and taking in one role are counted together", () => {
  const secretary = role(["agenda.see"]);
  const draft = toggle(toggle(NO_DRAFT, secretary, "agenda.see"), secretary, "audit.read");
  expect(countPending(draft, [secretary])).toBe(2);
  expect(rightsAfter(draft, secretary)).toEqual(["audit.read"]);
  expect(changedRoles(forget(draft, "sec"), [secretary])).toEqual([]);
});

test("what another administrator changed meanwhile is kept, and said before mine is saved", () => {
  const draft = toggle(NO_DRAFT, role(["agenda.see"], 1), "agenda.book");
  const theirs = role(["agenda.see", "audit.read"], 2);
  expect(overtaken(draft, [theirs])).toEqual([theirs]);
  expect(rightsAfter(draft, theirs)).toEqual(["agenda.see", "audit.read", "agenda.book"]);
  expect(overtaken(acknowledge(draft, theirs), [theirs])).toEqual([]);
});

test("a change that another has already made is no change of mine any more", () => {
  const draft = toggle(NO_DRAFT, role(["agenda.see"], 1), "agenda.book");
  const theirs = role(["agenda.see", "agenda.book"], 2);
  expect(pendingOf(draft, theirs)).toEqual([]);
  expect(overtaken(draft, [theirs])).toEqual([]);
});
