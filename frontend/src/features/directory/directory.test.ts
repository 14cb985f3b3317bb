import { expect, test } from "vitest";

import { instantOf, spanOf } from "@/features/directory/absences";
import { telOf } from "@/features/directory/tel";
import { weekOf } from "@/features/directory/week";

test("what the centre's clock says is the same instant everywhere, winter and summer", () => {
  expect(instantOf("2026-11-23T08:00", "Europe/Paris")).toBe("2026-11-23T07:00:00.000Z");
  expect(instantOf("2026-07-01T08:00", "Europe/Paris")).toBe("2026-07-01T06:00:00.000Z");
  expect(instantOf("2026-10-25T03:00", "Europe/Paris")).toBe("2026-10-25T02:00:00.000Z");
  expect(instantOf("2026-03-29T03:00", "Europe/Paris")).toBe("2026-03-29T01:00:00.000Z");
});

test("an absence without hours takes its days whole, the last one included", () => {
  const days = { from: "2026-12-01", until: "2026-12-02", fromHour: "", untilHour: "" };
  expect(spanOf(days, "Europe/Paris")).toEqual({ starts_at: "2026-11-30T23:00:00.000Z", ends_at: "2026-12-02T23:00:00.000Z" });
  expect(spanOf({ ...days, fromHour: "14:00", untilHour: "18:00" }, "Europe/Paris")?.ends_at).toBe("2026-12-02T17:00:00.000Z");
  expect(spanOf({ ...days, until: null }, "Europe/Paris")).toBeNull();
});

test("a week shows its working days in order, and Saturday only when somebody works then", () => {
  const monday = [
    { day: 1, from: "14:00", until: "18:00" },
    { day: 1, from: "08:30", until: "12:30" },
  ];
  expect(weekOf(monday)).toHaveLength(5);
  expect(weekOf(monday)[0]?.spans.map(({ from }) => from)).toEqual(["08:30", "14:00"]);
  expect(weekOf([{ day: 6, from: "09:00", until: "12:00" }])).toHaveLength(6);
});

test("a telephone number is dialled without its spaces", () => {
  expect(telOf("+33 1 99 00 45 45")).toBe("tel:+33199004545");
});
