import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** The centre's teams and who is in them. */
export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => ok(api.GET("/api/teams", { signal })),
});

/** The roles of the centre, their rights in words. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => ok(api.GET("/api/roles", { signal })),
});
