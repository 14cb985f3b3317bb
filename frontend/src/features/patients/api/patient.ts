import { api, ok } from "@/api/client";
import type { Patient } from "@/features/patients/types";
import type { StreamEvent } from "@/realtime/frames";
import { liveQuery, REFETCH } from "@/realtime/live";

const applyToPatient = (patient: Patient, event: StreamEvent) => (["circle.changed", "patient.changed"].includes(event.kind) ? REFETCH : patient);

/** A patient in this person's care; reading it is written in the access log. */
export const patientQuery = (id: string) =>
  liveQuery<Patient>({
    queryKey: ["patient", id],
    fetch: (signal) => ok(api.GET("/api/patients/{patient_id}", { params: { path: { patient_id: id } }, signal })),
    apply: applyToPatient,
  });
