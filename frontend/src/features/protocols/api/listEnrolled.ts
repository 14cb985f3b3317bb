import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Enrolled = Schema<"EnrolledOut">;

/** One's patients who follow a protocol, those most behind first. */
export const enrolledQuery = (protocol: string) =>
  queryOptions({
    queryKey: ["protocol", protocol, "enrolled"],
    queryFn: ({ signal }) => ok(api.GET("/api/protocols/{protocol_id}/plans", { params: { path: { protocol_id: protocol } }, signal })),
    staleTime: 30_000,
  });
