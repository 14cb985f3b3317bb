import { expect, test } from "vitest";

import type { Place } from "@/features/patients/api/transfer";
import { destinations } from "@/features/patients/places";

const place = (id: string, kind: Place["kind"], parent: string | null): Place => ({ id, kind, parent, name: id });
const places = [place("Centre", "centre", null), place("Sud", "site", "Centre"), place("Nord", "site", "Centre"), place("Pédiatrie", "unit", "Nord")];

test("a follow-up may go to any site or unit, each after the one it belongs to", () => {
  expect(destinations(places, null).map(({ place: one, path }) => [one.id, path])).toEqual([
    ["Nord", ""],
    ["Pédiatrie", "Nord"],
    ["Sud", ""],
  ]);
});

test("where it is already is no destination", () => {
  expect(destinations(places, "Nord").map(({ place: one }) => one.id)).toEqual(["Pédiatrie", "Sud"]);
});
