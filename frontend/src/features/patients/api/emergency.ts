import { api, ok } from "@/api/client";

/** Opens a patient's file for a time, because of an emergency told in words; the circle is told at once. */
export const openInEmergency = (patient: string, reason: string, key: string) =>
  ok(
    api.POST("/api/patients/{patient_id}/break-glass", {
      body: { reason },
      params: { path: { patient_id: patient }, header: { "Idempotency-Key": key } },
    }),
  );

export const endEmergency = (patient: string) =>
  ok(api.POST("/api/patients/{patient_id}/break-glass/end", { params: { path: { patient_id: patient } } }));
