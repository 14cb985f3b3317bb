import { expect, test } from "vitest";

import { addDays, birthDate, dayAndHour, daysBetween, endOfDay, hour, isoDay, lastDay, recently } from "@/i18n/when";

test("an instant is told in the centre's time, winter and summer", () => {
  expect(hour("2026-11-23T13:05:00Z")).toBe("14:05");
  expect(hour("2026-07-23T12:05:00Z")).toBe("14:05");
});

test("a day and its hour read as people write them", () => {
  const year = new Date().getFullYear();
  expect(dayAndHour(`${year}-11-23T13:05:00Z`)).toMatch(/^\p{L}{3}\. 23 nov\. 14:05$/u);
  expect(dayAndHour("2019-11-23T13:05:00Z")).toBe("sam. 23 nov. 2019 14:05");
});

test("a birth date is the same everywhere", () => {
  expect(birthDate("1957-03-12")).toBe("12/03/1957");
});

test("an hour before midnight in London is the next day at the centre", () => {
  expect(isoDay("2026-11-23T23:30:00Z")).toBe("2026-11-24");
});

test("how long ago is only said under an hour", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  expect(recently("2026-11-23T11:55:00Z", now)).toBe("il y a 5 min");
  expect(recently("2026-11-23T08:00:00Z", now)).toBe("09:00");
});

test("days are counted across the change of hour", () => {
  expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
});

test("a day of the centre is over at its own midnight, in winter and in summer", () => {
  expect(endOfDay("2026-11-23")).toBe("2026-11-23T23:00:00.000Z");
  expect(endOfDay("2026-07-01")).toBe("2026-07-01T22:00:00.000Z");
  expect(endOfDay("2026-03-29")).toBe("2026-03-29T22:00:00.000Z");
  expect(lastDay("2026-11-23T23:00:00Z")).toBe("23/11/2026");
});
