import type { Schema } from "@/api/types";

export type Agenda = Schema<"AgendaOut">;
export type Agendas = Schema<"AgendasOut">;
export type AppointmentType = Schema<"TypeOut">;
export type Appointment = Schema<"AppointmentOut">;
export type Appointments = Schema<"AppointmentsOut">;
export type NewAppointment = Schema<"AppointmentIn">;
export type AppointmentChange = Schema<"AppointmentPatch">;
export type Answer = "confirm" | "cancel" | "restore";

/** What a list of appointments is about: days ("2026-11-23", both included) and agendas. */
export interface AppointmentFilter {
  from: string;
  until: string;
  agendas: string[];
  cancelled: boolean;
}
