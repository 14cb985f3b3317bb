import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** Every right in words, under its heading. */
export const rightsQuery = queryOptions({
  queryKey: ["rights"],
  queryFn: ({ signal }) => ok(api.GET("/api/rights", { signal })),
  staleTime: Infinity,
});
