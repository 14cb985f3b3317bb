import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type ProtocolLine = Schema<"ProtocolLine">;

/** The library, with how many of one's patients follow each protocol and what is late. */
export const protocolsQuery = queryOptions({
  queryKey: ["protocols"],
  queryFn: ({ signal }) => ok(api.GET("/api/protocols", { signal })),
  staleTime: 30_000,
});
