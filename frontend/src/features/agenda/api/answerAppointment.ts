import { api, ok } from "@/api/client";
import type { Answer, Appointment } from "@/features/agenda/types";

export const answerAppointment = (id: string, answer: Answer): Promise<Appointment> =>
  ok(api.POST(`/api/appointments/{appointment_id}/${answer}`, { params: { path: { appointment_id: id } } }));
