import { expect, test } from "vitest";

import { endOf, lastDayOf, phaseOf } from "@/features/administration/periods";

const ZONE = "Europe/Paris";

test("a role held until a day ends at that day's midnight, and reads back as that day", () => {
  expect(endOf("2026-12-24", "", ZONE)).toBe("2026-12-24T23:00:00.000Z");
  expect(lastDayOf("2026-12-24T23:00:00Z", ZONE)).toEqual({ day: "2026-12-24", hour: "" });
  expect(endOf("2026-12-24", "12:30", ZONE)).toBe("2026-12-24T11:30:00.000Z");
  expect(lastDayOf("2026-12-24T11:30:00Z", ZONE)).toEqual({ day: "2026-12-24", hour: "12:30" });
  expect(endOf(null, "12:30", ZONE)).toBeNull();
});

test("a role is to come, in force, or over at the minute it ends", () => {
  const span = { valid_from: "2026-11-01T00:00:00Z", valid_until: "2026-11-10T00:00:00Z" };
  expect(phaseOf(span, Date.parse("2026-10-31T23:59:00Z"))).toBe("later");
  expect(phaseOf(span, Date.parse("2026-11-09T23:59:00Z"))).toBe("now");
  expect(phaseOf(span, Date.parse("2026-11-10T00:00:00Z"))).toBe("over");
  expect(phaseOf({ ...span, valid_until: null }, Date.parse("2036-01-01T00:00:00Z"))).toBe("now");
});
