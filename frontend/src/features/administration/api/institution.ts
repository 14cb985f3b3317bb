import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Mapping = Schema<"MappingIn">;
export type Report = Schema<"ReportOut">;
export type Institution = Schema<"MappingsOut">;

/** Whether a directory is connected, what its groups give, and how the last synchronisation went. */
export const institutionQuery = queryOptions({
  queryKey: ["institution"],
  queryFn: ({ signal }) => ok(api.GET("/api/directory/mapping", { signal })),
  staleTime: 0,
});

/** Replaces the mapping; nobody gains or loses anything before the next synchronisation. */
export const saveMapping = (items: Mapping[]): Promise<Institution> => ok(api.PUT("/api/directory/mapping", { body: { items } }));

/** Brings the directory in, or only says what that would do. */
export const synchronise = (how: Schema<"SyncIn">): Promise<Report> => ok(api.POST("/api/directory/sync", { body: how }));
