import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Token = Schema<"TokenOut">;
export type NewToken = Schema<"NewTokenOut">;

/** The programs that may act in this person's name. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => ok(api.GET("/api/tokens", { signal })),
  staleTime: 0,
});

export interface Wanted {
  label: string;
  scopes: string[];
  /** "2026-11-23", the last day */
  expires_on: string;
}

/** Opens an access; the answer is the only time its secret is shown. */
export const openToken = (wanted: Wanted): Promise<NewToken> => ok(api.POST("/api/tokens", { body: wanted }));

export const closeToken = (id: string) => ok(api.DELETE("/api/tokens/{token_id}", { params: { path: { token_id: id } } }));
