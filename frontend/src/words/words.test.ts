import { expect, test } from "vitest";

import { en } from "@/words/en";
import { fr } from "@/words/fr";

type Words = { [key: string]: string | Words };

const keys = (words: Words, path = ""): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [`${path}${key}`] : keys(value, `${path}${key}.`)));

const texts = (words: Words): string[] => Object.values(words).flatMap((value) => (typeof value === "string" ? [value] : texts(value)));

test("English has exactly the keys that French has", () => {
  expect(keys(en).sort()).toEqual(keys(fr).sort());
});

test("no sentence shouts or speaks of machines", () => {
  for (const text of [...texts(fr), ...texts(en)]) expect(text).not.toMatch(/!|jeton|payload|statut \d|token/i);
});
