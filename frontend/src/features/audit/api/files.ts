import { api, ok } from "@/api/client";
import { asQuery } from "@/features/audit/api/searchAccesses";
import type { Wanted } from "@/features/audit/types";

const asBlob = (asked: Promise<{ data?: unknown; error?: unknown; response: Response }>): Promise<Blob> => ok(asked as Promise<{ data?: Blob; response: Response }>);

export const logAsCsv = (wanted: Wanted): Promise<Blob> => asBlob(api.GET("/api/audit.csv", { params: { query: asQuery(wanted) }, parseAs: "blob" }));

export const anchorOf = (day: string): Promise<Blob> => asBlob(api.GET("/api/audit/anchor", { params: { query: { day } }, parseAs: "blob" }));

export const accessesAsPdf = (patient: string): Promise<Blob> =>
  asBlob(api.GET("/api/patients/{patient_id}/accesses.pdf", { params: { path: { patient_id: patient } }, parseAs: "blob" }));

export const accessesAsCsv = (patient: string): Promise<Blob> =>
  asBlob(api.GET("/api/patients/{patient_id}/accesses.csv", { params: { path: { patient_id: patient } }, parseAs: "blob" }));
