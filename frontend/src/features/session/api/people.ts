import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Colleague = Schema<"PersonOut">;
export type Team = Schema<"TeamOut">;

/** The centre's directory. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => ok(api.GET("/api/people", { signal })),
});

/** The centre's teams and who is in them. */
export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => ok(api.GET("/api/teams", { signal })),
});
