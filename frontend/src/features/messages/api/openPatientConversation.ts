import { api, ok } from "@/api/client";

/** The conversation of the circle of a patient, opened when there was none. */
export const openPatientConversation = (patient: string, circle?: "health" | "social" | "occupational") =>
  ok(api.POST("/api/patients/{patient_id}/conversation", { params: { path: { patient_id: patient }, query: { circle } } }));
