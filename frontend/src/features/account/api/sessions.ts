import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type OpenSession = Schema<"OpenSession">;

/** Where this person is signed in, this session first. */
export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => ok(api.GET("/api/sessions", { signal })),
  staleTime: 0,
});

export const endSession = (id: number) => ok(api.DELETE("/api/sessions/{session_id}", { params: { path: { session_id: id } } }));
export const endOtherSessions = () => ok(api.DELETE("/api/sessions"));
