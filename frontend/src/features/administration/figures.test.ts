import { expect, test } from "vitest";

import { latest, sumOf, toCsv } from "@/features/administration/figures";

const row = (name: string, late: number) => ({ queue: { id: name, name }, open: 3, claimed: 1, waiting: 0, done: 5, cancelled: 0, late });

test("the finding names the queue where most is late, or says that nothing is", () => {
  expect(latest([row("Secrétariat", 1), row("Infirmerie", 4)])?.queue.name).toBe("Infirmerie");
  expect(latest([row("Secrétariat", 0)])).toBeNull();
  expect(sumOf([row("a", 1), row("b", 4)], "late")).toBe(5);
});

test("the exported figures are those of the table, and a name is never taken for a formula", () => {
  const csv = toCsv(["File"], [row("=CMD()", 2)]);
  expect(csv).toBe('\uFEFF"File"\r\n"\'=CMD()";"3";"1";"0";"5";"0";"2"\r\n');
});
