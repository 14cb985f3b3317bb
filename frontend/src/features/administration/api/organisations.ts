import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Schema } from "@/api/types";

export type Organisation = Schema<"OrganisationOut">;
export type OrganisationEdit = Schema<"OrganisationEdit">;

/** The centre first, each site followed by its units. */
export const organisationsQuery = queryOptions({
  queryKey: ["organisations"],
  queryFn: ({ signal }) => ok(api.GET("/api/organisations", { signal })),
});

export const addOrganisation = (fields: Schema<"OrganisationIn">): Promise<Organisation> =>
  ok(api.POST("/api/organisations", { body: fields, params: { header: { "Idempotency-Key": newId() } } }));

export const changeOrganisation = (id: string, fields: OrganisationEdit): Promise<Organisation> =>
  ok(api.PATCH("/api/organisations/{organisation_id}", { params: { path: { organisation_id: id } }, body: fields }));
