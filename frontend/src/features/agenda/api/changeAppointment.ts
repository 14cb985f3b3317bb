import { api, ok } from "@/api/client";
import type { Appointment, AppointmentChange } from "@/features/agenda/types";

export const changeAppointment = (id: string, body: AppointmentChange): Promise<Appointment> =>
  ok(api.PATCH("/api/appointments/{appointment_id}", { params: { path: { appointment_id: id } }, body }));
