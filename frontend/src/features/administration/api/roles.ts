import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Schema } from "@/api/types";

export type Right = Schema<"RightOut">;
export type RightGroup = Schema<"RightsGroupOut">;
/** A role; `rights` are the codes of what it lets a person do. */
export type Role = Schema<"RoleOut">;
export type RoleEdit = Schema<"RoleEdit">;

const at = (id: string) => ({ params: { path: { role_id: id } } });

/** Every right, in words, under the headings of the matrix. */
export const rightsQuery = queryOptions({
  queryKey: ["rights"],
  queryFn: ({ signal }) => ok(api.GET("/api/rights", { signal })),
  staleTime: Infinity,
});

/** The roles of the centre. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => ok(api.GET("/api/roles", { signal })),
  staleTime: 10_000,
});

/** What each version changed, latest first; `version` is the one the role is known to have. */
export const roleVersionsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["roles", id, "versions", version],
    queryFn: ({ signal }) => ok(api.GET("/api/roles/{role_id}/versions", { ...at(id), signal })),
    staleTime: 0,
  });

/** What saving would change, in words, and for how many people. */
export const previewRole = (id: string, fields: RoleEdit) => ok(api.POST("/api/roles/{role_id}/preview", { ...at(id), body: fields }));

export const saveRole = (id: string, fields: RoleEdit) => ok(api.PUT("/api/roles/{role_id}", { ...at(id), body: fields }));

export const createRole = (fields: Schema<"RoleIn">): Promise<Role> =>
  ok(api.POST("/api/roles", { body: fields, params: { header: { "Idempotency-Key": newId() } } }));
