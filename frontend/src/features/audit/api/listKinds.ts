import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** Everything that is recorded, grouped, in the reader's language. */
export const kindsQuery = (language: string) =>
  queryOptions({
    queryKey: ["audit", "kinds", language],
    queryFn: ({ signal }) => ok(api.GET("/api/audit/kinds", { signal })),
    staleTime: Infinity,
  });
