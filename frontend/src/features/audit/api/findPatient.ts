import { api, ok } from "@/api/client";
import type { FoundPatient } from "@/features/audit/types";

/** The patient who asks for their log, by full name and birth date. */
export const findPatient = (name: string, born: string): Promise<FoundPatient> => ok(api.GET("/api/audit/patient", { params: { query: { name, born } } }));
