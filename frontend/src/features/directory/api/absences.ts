import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Absence, AbsenceDraft } from "@/features/directory/types";

/** Absences that are under way or to come, of one person or of everybody. */
export const absencesQuery = (person?: string) =>
  queryOptions({
    queryKey: ["absences", person ?? null],
    queryFn: ({ signal }) => ok(api.GET("/api/absences", { params: { query: { person } }, signal })),
    staleTime: 30_000,
  });

export const declareAbsence = (draft: AbsenceDraft): Promise<Absence> =>
  ok(api.POST("/api/absences", { body: draft, params: { header: { "Idempotency-Key": newId() } } }));

/** Ends now what has begun, withdraws what has not. */
export const endAbsence = (id: string) => ok(api.DELETE("/api/absences/{absence_id}", { params: { path: { absence_id: id } } }));
