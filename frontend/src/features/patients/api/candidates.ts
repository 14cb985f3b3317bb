import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

export interface Traits {
  birth_name: string;
  given_names: string;
  birth_date: string;
  sex: "F" | "M" | "U";
  phone: string;
}

/** Who in the index may already be the person about to be created. */
export const candidatesQuery = (traits: Traits) =>
  queryOptions({
    queryKey: ["patients", "candidates", traits],
    queryFn: ({ signal }) => ok(api.GET("/api/patients/candidates", { params: { query: traits }, signal })),
    staleTime: 0,
  });
