import { expect, test } from "vitest";

import { byDay } from "@/features/audit/days";
import { printed } from "@/features/audit/printed";
import type { Access } from "@/features/audit/types";

const ID = "0190a5c1-7c1e-7c1e-8c1e-0190a5c17c1e";
const at = (instant: string) => ({ id: instant, at: instant }) as Access;

test("lines stand under the day of the centre, not of London", () => {
  const days = byDay([at("2026-11-23T23:30:00Z"), at("2026-11-23T22:30:00Z"), at("2026-11-23T08:00:00Z")]);
  expect(days.map(({ day, lines }) => [day, lines.length])).toEqual([
    ["2026-11-24", 1],
    ["2026-11-23", 2],
  ]);
});

test("nothing has no days", () => {
  expect(byDay([])).toEqual([]);
});

test("a printed patient's page says whose it is, and its address does not", () => {
  expect(printed(`/patients/${ID}`)).toEqual({ page: "/patients/", patient: ID });
});

test("a printed page of anything else names nobody", () => {
  expect(printed("/agenda")).toEqual({ page: "/agenda", patient: undefined });
  expect(printed(`/messages/${ID}`)).toEqual({ page: "/messages/", patient: undefined });
  expect(printed("/DURAND Marie")).toEqual({ page: "/", patient: undefined });
});
