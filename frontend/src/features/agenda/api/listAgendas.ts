import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** The columns of people, rooms and equipment, and the kinds of appointment. */
export const agendasQuery = queryOptions({
  queryKey: ["agendas"],
  queryFn: ({ signal }) => ok(api.GET("/api/agendas", { signal })),
});
