import i18next from "i18next";
import { expect, test } from "vitest";

import type { StepDefinition } from "@/features/protocols/api/getProtocol";
import { axisOf, byAnchor, marks } from "@/features/protocols/drawing";
import { sayEvery, sayFirst } from "@/features/protocols/durations";

const step = (change: Partial<StepDefinition> = {}): StepDefinition => ({
  code: "hba1c",
  title: "HbA1c",
  kind: "biologie",
  role: "medecin_traitant",
  role_label: "Médecin traitant",
  anchor: "inclusion",
  anchor_label: "Inclusion dans le protocole",
  first_due: "P0D",
  every: "P3M",
  max_count: null,
  max_count_per: null,
  window: { before: "P2W", after: "P3W" },
  season: null,
  conditions: [],
  priority: "routine",
  reminds_patient: true,
  detail: null,
  note: null,
  ...change,
});

const t = () => i18next.getFixedT("fr", "protocols");

test("a quarterly step falls due several times on its axis, in order", () => {
  const axis = axisOf([step(), step({ code: "annuel", every: "P12M" })]);
  const places = marks(step(), axis).map(({ at }) => at);
  expect(places.length).toBeGreaterThanOrEqual(4);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(places.every((place) => place >= 0 && place <= 100)).toBe(true);
});

test("a single step is drawn once, and a step with a maximum no more than that", () => {
  const axis = axisOf([step()]);
  expect(marks(step({ every: null }), axis)).toHaveLength(1);
  expect(marks(step({ every: "P1M", max_count: 2 }), axis)).toHaveLength(2);
});

test("steps stand under what they are counted from", () => {
  const groups = byAnchor([step(), step({ code: "b", anchor: "birth", anchor_label: "Naissance" }), step({ code: "c" })]);
  expect(groups.map(({ anchor, steps }) => [anchor, steps.length])).toEqual([
    ["inclusion", 2],
    ["birth", 1],
  ]);
});

test("durations are said in words", () => {
  expect(sayFirst("P0D", t())).toBe("dès le départ");
  expect(sayFirst("-P6M", t())).toBe("6 mois avant");
  expect(sayFirst("P65Y", t())).toBe("à 65 ans");
  expect(sayEvery("P3M", t())).toBe("tous les 3 mois");
  expect(sayEvery("P2W", t())).toBe("toutes les 2 semaines");
  expect(sayEvery("P24M", t())).toBe("tous les 2 ans");
  expect(sayEvery(null, t())).toBe("une fois");
});
