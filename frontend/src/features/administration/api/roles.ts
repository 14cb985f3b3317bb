import { queryOptions } from "@tanstack/react-query";

import type { PersonRef } from "@/api/types";
import { ask } from "@/features/directory/api/wire";

export interface Right {
  code: string;
  sentence: string;
}
export interface RightGroup {
  name: string;
  rights: Right[];
}
export interface Role {
  id: string;
  code: string;
  name: string;
  /** the codes of what it lets a person do */
  rights: string[];
  version: number;
  /** how many people hold it today */
  people: number;
}
export interface RoleFields {
  name: string;
  rights: string[];
}
export interface RolePreview {
  changes: string[];
  people: number;
}
export interface RoleVersion {
  version: number;
  at: string;
  by: PersonRef | null;
  changes: string[];
}

/** Every right, in words, under the headings of the matrix. */
export const rightsQuery = queryOptions({
  queryKey: ["rights"],
  queryFn: ({ signal }) => ask<{ groups: RightGroup[] }>("GET", "/api/rights", { signal }),
  staleTime: Infinity,
});

/** The roles of the centre; asked again now and then, because another administrator may be at work. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => ask<{ items: Role[] }>("GET", "/api/roles", { signal }),
  staleTime: 10_000,
});

/** What each version changed, latest first; `at` is the version the role is known to have. */
export const roleVersionsQuery = (id: string, at: number) =>
  queryOptions({
    queryKey: ["roles", id, "versions", at],
    queryFn: ({ signal }) => ask<{ items: RoleVersion[] }>("GET", "/api/roles/{id}/versions", { params: { path: { id } }, signal }),
    staleTime: 0,
  });

/** What saving would change, in words, and for how many people. */
export const previewRole = (id: string, fields: RoleFields & { version: number }): Promise<RolePreview> =>
  ask("POST", "/api/roles/{id}/preview", { params: { path: { id } }, body: fields });

export const saveRole = (id: string, fields: RoleFields & { version: number }): Promise<Role & { changes: string[] }> =>
  ask("PUT", "/api/roles/{id}", { params: { path: { id } }, body: fields });

export const createRole = (fields: RoleFields): Promise<Role> => ask("POST", "/api/roles", { body: fields });
