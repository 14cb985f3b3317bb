import { api, ok } from "@/api/client";
import type { Patient, PatientChanges } from "@/features/patients/types";

/** Only what is sent is changed. */
export const changePatient = (patient: string, body: PatientChanges): Promise<Patient> =>
  ok(api.PATCH("/api/patients/{patient_id}", { body, params: { path: { patient_id: patient } } }));
