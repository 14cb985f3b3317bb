import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type TasksOfQueue = Schema<"TasksOfQueue">;

/** How many tasks of each queue are in which state; the last thirty days unless told. */
export const taskFiguresQuery = (from: string | null, until: string | null) =>
  queryOptions({
    queryKey: ["indicators", "tasks", from, until],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/indicators/tasks", { params: { query: { from: from ?? undefined, until: until ?? undefined } }, signal })),
    staleTime: 30_000,
  });
