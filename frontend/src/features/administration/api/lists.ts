import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** The roles of the centre, their rights in words. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => ok(api.GET("/api/roles", { signal })),
});
