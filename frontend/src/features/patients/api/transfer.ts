import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";
import type { CircleKind } from "@/features/patients/types";

export type Place = Pick<Schema<"OrganisationOut">, "id" | "parent" | "kind" | "name">;
export type TransferPreview = Schema<"TransferPreview">;
export type NewTransfer = Schema<"TransferIn">;

/** The parts of the centre. */
export const placesQuery = queryOptions({
  queryKey: ["organisations"],
  queryFn: ({ signal }) => ok(api.GET("/api/organisations", { signal })),
});

/** Who would leave, who would come and which tasks would move; nothing is written. */
export const transferPreviewQuery = (patient: string, circle: CircleKind, to: string) =>
  queryOptions({
    queryKey: ["transfer", patient, circle, to],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/patients/{patient_id}/transfer", { params: { path: { patient_id: patient }, query: { to, circle } }, signal })),
    staleTime: 0,
  });

/** The same key with the same words moves it once, however often it is sent. */
export const transfer = (patient: string, body: NewTransfer, key: string) =>
  ok(
    api.POST("/api/patients/{patient_id}/transfer", {
      body,
      params: { path: { patient_id: patient }, header: { "Idempotency-Key": key } },
    }),
  );
