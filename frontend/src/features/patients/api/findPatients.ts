import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { PatientRef } from "@/api/types";

export interface FoundPatient extends PatientRef {
  city: string;
  in_care: boolean;
}

export interface FoundPatients {
  items: FoundPatient[];
  more: boolean;
}

/** Patients by part of a name, a birth date or a phone number; without words, those in this person's care. */
export const findPatientsQuery = (words: string) =>
  queryOptions({
    queryKey: ["patients", "found", words],
    queryFn: ({ signal }) => get<FoundPatients>("/patients", { q: words }, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
