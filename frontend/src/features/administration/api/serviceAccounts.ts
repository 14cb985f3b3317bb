import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Schema } from "@/api/types";

export type ServiceAccount = Schema<"ServiceAccountOut">;
export type ServiceToken = Schema<"TokenOut">;
export type NewServiceToken = Schema<"NewTokenOut">;

/** The programs that may come, each with what lets it in. */
export const serviceAccountsQuery = queryOptions({
  queryKey: ["service-accounts"],
  queryFn: ({ signal }) => ok(api.GET("/api/service-accounts", { signal })),
  staleTime: 0,
});

export const addServiceAccount = (fields: Schema<"ServiceAccountIn">): Promise<ServiceAccount> =>
  ok(api.POST("/api/service-accounts", { body: fields, params: { header: { "Idempotency-Key": newId() } } }));

/** A key for a program; the answer is the only time its secret is shown. */
export const addServiceToken = (account: string, fields: Schema<"TokenIn">): Promise<NewServiceToken> =>
  ok(api.POST("/api/service-accounts/{account_id}/tokens", { body: fields, params: { path: { account_id: account } } }));

export const endServiceToken = (id: string) => ok(api.DELETE("/api/tokens/{token_id}", { params: { path: { token_id: id } } }));
