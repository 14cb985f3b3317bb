import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Protocol = Schema<"ProtocolOut">;
export type StepDefinition = Schema<"StepDefinitionOut">;

export const protocolQuery = (id: string) =>
  queryOptions({
    queryKey: ["protocol", id],
    queryFn: ({ signal }) => ok(api.GET("/api/protocols/{protocol_id}", { params: { path: { protocol_id: id } }, signal })),
  });
