import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** Who a patient is, for someone who does not care for them; reading it is written in the access log. */
export const identityQuery = (id: string) =>
  queryOptions({
    queryKey: ["identity", id],
    queryFn: ({ signal }) => ok(api.GET("/api/patients/{patient_id}/identity", { params: { path: { patient_id: id } }, signal })),
    staleTime: 0,
  });
