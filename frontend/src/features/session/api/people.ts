import { queryOptions } from "@tanstack/react-query";

import { get } from "@/api/client";
import type { PersonRef } from "@/api/types";

export interface Colleague extends PersonRef {
  teams: { id: string; name: string }[];
  phone: string;
}

/** The centre's directory. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => get<{ items: Colleague[] }>("/people", undefined, signal),
});
