import { api, ok } from "@/api/client";
import type { CircleKind, Patient } from "@/features/patients/types";
import type { StreamEvent } from "@/realtime/frames";
import { liveQuery, REFETCH } from "@/realtime/live";

const applyToPatient = (patient: Patient, event: StreamEvent) => (["circle.changed", "patient.changed"].includes(event.kind) ? REFETCH : patient);

/** Everything that is kept of a patient's page, whichever circle it shows. */
export const patientKey = (id: string) => ["patient", id];

/** A patient in this person's care, as one of their circles knows them, the care circle first; reading it is written in the access log. */
export const patientQuery = (id: string, circle?: CircleKind) =>
  liveQuery<Patient>({
    queryKey: [...patientKey(id), circle],
    fetch: (signal) => ok(api.GET("/api/patients/{patient_id}", { params: { path: { patient_id: id }, query: { circle } }, signal })),
    apply: applyToPatient,
  });
