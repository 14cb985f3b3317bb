import { describe, expect, test } from "vitest";

import { advance } from "@/realtime/live";
import { applyToAppointments, dayWithGaps, hoursShown, withAppointment } from "@/features/agenda/appointments";
import { foreseeChange } from "@/features/agenda/hooks/useAppointmentActs";
import { readHour } from "@/features/agenda/hooks/useBooking";
import type { Appointment, AppointmentFilter, Appointments } from "@/features/agenda/types";
import { addMinutes, daysShown, fromGrid, lengthOf, minutesBetween, stepDay, toGrid, wallOf } from "@/features/agenda/wall";

const make = (change: Partial<Appointment> = {}): Appointment => ({
  id: "a1",
  agendas: ["roux"],
  patient: null,
  type: null,
  status: "booked",
  local_start: "2026-11-23T14:00",
  local_end: "2026-11-23T14:20",
  minutes: 20,
  time_zone: "Europe/Paris",
  starts_at: "2026-11-23T13:00:00Z",
  ends_at: "2026-11-23T13:20:00Z",
  note: "",
  task_id: null,
  booked_by: null,
  version: 0,
  ...change,
});

const filter: AppointmentFilter = { from: "2026-11-23", until: "2026-11-23", agendas: ["roux"], cancelled: false };
const list = (...items: Appointment[]): Appointments => ({ items, heads: { roux: 7 } });
const changed = (data: Appointment) => ({ stream: "roux", seq: 8, kind: "appointment.changed", actor: null, at: "", data: data as unknown as Record<string, unknown> });

describe("a day of the agenda follows its events", () => {
  test("an appointment moved by someone else moves on this screen", () => {
    const moved = make({ local_start: "2026-11-23T15:00", local_end: "2026-11-23T15:20", version: 1 });
    const after = advance(list(make()), changed(moved), applyToAppointments(filter)) as Appointments;
    expect(after.items).toEqual([moved]);
  });

  test("an appointment that goes to another day, to another agenda or is cancelled leaves the column", () => {
    const gone = [make({ local_start: "2026-11-24T14:00", version: 1 }), make({ agendas: ["petit"], version: 1 }), make({ status: "cancelled", version: 1 })];
    for (const appointment of gone) expect(withAppointment(list(make()), appointment, filter).items).toEqual([]);
  });

  test("an answer older than what is shown does not bring the past back", () => {
    const shown = list(make({ version: 2, minutes: 30 }));
    expect(withAppointment(shown, make({ version: 1 }), filter)).toBe(shown);
  });
});

describe("wall times are text, whatever the browser's zone", () => {
  test("the grid's times and the agenda's are the same wall time", () => {
    expect(toGrid("2026-11-23T14:05")).toBe("2026-11-23 14:05:00");
    expect(fromGrid("2026-11-23 14:05:00")).toBe("2026-11-23T14:05");
  });

  test("an hour added on the night the clocks go back is an hour on the wall", () => {
    expect(addMinutes("2026-10-25T01:30", 60)).toBe("2026-10-25T02:30");
    expect(minutesBetween("2026-03-29T01:00", "2026-03-29T04:00")).toBe(180);
  });

  test("now is read in the centre's zone", () => {
    expect(wallOf(new Date("2026-11-23T13:05:00Z"), "Europe/Paris")).toBe("2026-11-23T14:05");
    expect(wallOf(new Date("2026-11-23T13:05:00Z"), "Indian/Reunion")).toBe("2026-11-23T17:05");
  });

  test("a week runs from Monday, a month is shown in whole weeks", () => {
    expect(daysShown("semaine", "2026-11-22")).toEqual({ from: "2026-11-16", until: "2026-11-22" });
    expect(daysShown("mois", "2026-11-21")).toEqual({ from: "2026-10-26", until: "2026-12-06" });
  });

  test("no month is jumped over from its 31st", () => {
    expect(stepDay("mois", "2027-01-31", 1)).toBe("2027-02-01");
    expect(stepDay("jour", "2026-12-31", 1)).toBe("2027-01-01");
  });
});

test("a resize is foreseen with its new end", () => {
  expect(foreseeChange(make(), { minutes: 45 })).toMatchObject({ local_start: "2026-11-23T14:00", local_end: "2026-11-23T14:45" });
});

test("hours are read as people type them, and left alone when they mean nothing", () => {
  expect(["9", "930", "9h30", "14:05", "14.05"].map(readHour)).toEqual(["09:00", "09:30", "09:30", "14:05", "14:05"]);
  expect(readHour("26:00")).toBe("26:00");
  expect(readHour("midi")).toBe("midi");
});

test("a length is said as people say it", () => {
  expect([45, 120, 90, 65].map(lengthOf)).toEqual(["45 min", "2 h", "1 h 30", "1 h 05"]);
});

test("a day as a list tells the free time between appointments, not the pauses too short to use", () => {
  const day = [make(), make({ id: "a2", local_start: "2026-11-23T14:25", local_end: "2026-11-23T14:45" }), make({ id: "a3", local_start: "2026-11-23T15:30", local_end: "2026-11-23T16:00" })];
  expect(dayWithGaps(day).map((stretch) => (stretch.kind === "free" ? stretch : stretch.appointment.id))).toEqual(["a1", "a2", { kind: "free", start: "2026-11-23T14:45", minutes: 45 }, "a3"]);
});

test("the grid grows for an appointment outside the usual hours", () => {
  expect(hoursShown([])).toEqual([8, 19]);
  expect(hoursShown([make({ local_start: "2026-11-23T07:30", local_end: "2026-11-23T20:10" })])).toEqual([7, 21]);
});
