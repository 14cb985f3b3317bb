import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** Who did or read what about one patient, latest first, a page at a time. */
export const patientAccessesQuery = (patient: string) =>
  infiniteQueryOptions({
    queryKey: ["audit", "patient", patient],
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/api/patients/{patient_id}/accesses", { params: { path: { patient_id: patient }, query: { before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
