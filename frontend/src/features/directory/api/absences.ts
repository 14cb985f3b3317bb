import { queryOptions } from "@tanstack/react-query";

import { ask } from "@/features/directory/api/wire";
import type { Absence, AbsenceDraft } from "@/features/directory/types";

/** Absences that are under way or to come, of one person or of everybody. */
export const absencesQuery = (person?: string) =>
  queryOptions({
    queryKey: ["absences", person ?? null],
    queryFn: ({ signal }) => ask<{ items: Absence[] }>("GET", "/api/absences", { params: { query: { person } }, signal }),
    staleTime: 30_000,
  });

export const declareAbsence = (draft: AbsenceDraft): Promise<Absence> => ask("POST", "/api/absences", { body: draft });

/** Ends now what has begun, withdraws what has not. */
export const endAbsence = (id: string): Promise<unknown> => ask("DELETE", "/api/absences/{id}", { params: { path: { id } } });
