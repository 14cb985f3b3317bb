import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";
import type { Consent, Opposition, Whose } from "@/features/patients/types";

export type NewConsent = Schema<"ConsentIn">;
export type NewOpposition = Schema<"OppositionIn">;

const about = (patient: string, key: string) => ({ path: { patient_id: patient }, header: { "Idempotency-Key": key } });

/** What the patient agreed to share in a circle, those in force first. */
export const consentsQuery = ({ id, circle }: Whose) =>
  queryOptions({
    queryKey: ["consents", id, circle],
    queryFn: ({ signal }) => ok(api.GET("/api/patients/{patient_id}/consents", { params: { path: { patient_id: id }, query: { circle } }, signal })),
    staleTime: 0,
  });

/** The same key with the same words makes one consent, however often it is sent. */
export const collectConsent = (patient: string, body: NewConsent, key: string): Promise<Consent> =>
  ok(api.POST("/api/patients/{patient_id}/consents", { body, params: about(patient, key) }));

export const withdrawConsent = (consent: string): Promise<Consent> =>
  ok(api.POST("/api/consents/{consent_id}/withdraw", { params: { path: { consent_id: consent } } }));

export const opposeSharing = (patient: string, body: NewOpposition, key: string): Promise<Opposition> =>
  ok(api.POST("/api/patients/{patient_id}/oppositions", { body, params: about(patient, key) }));

export const liftOpposition = (opposition: string): Promise<Opposition> =>
  ok(api.POST("/api/oppositions/{opposition_id}/lift", { params: { path: { opposition_id: opposition } } }));
