import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Colleague = Schema<"PersonOut">;

/** The centre's directory. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => ok(api.GET("/api/people", { signal })),
});
