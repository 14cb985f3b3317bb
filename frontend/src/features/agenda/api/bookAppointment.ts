import { api, ok } from "@/api/client";
import type { Appointment, NewAppointment } from "@/features/agenda/types";

/** The same key with the same booking makes one appointment, however often it is sent. */
export const bookAppointment = (body: NewAppointment, key: string): Promise<Appointment> =>
  ok(api.POST("/api/appointments", { body, params: { header: { "Idempotency-Key": key } } }));
