import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type FoundPatient = Schema<"PatientLine">;

/** Patients by part of a name, a birth date or a phone number; without words, those in this person's care. */
export const findPatientsQuery = (words: string) =>
  queryOptions({
    queryKey: ["patients", "found", words],
    queryFn: ({ signal }) => ok(api.GET("/api/patients", { params: { query: { q: words } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
