import { api, ok } from "@/api/client";
import type { NewPatient, Patient } from "@/features/patients/types";

/** The same key with the same patient makes one patient, however often it is sent. */
export const createPatient = (body: NewPatient, key: string): Promise<Patient> =>
  ok(api.POST("/api/patients", { body, params: { header: { "Idempotency-Key": key } } }));
