import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** The access log, latest first, a page at a time; about one patient when told. */
export const auditQuery = (patient: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["audit", patient ?? null],
    queryFn: ({ pageParam, signal }) => ok(api.GET("/api/audit", { params: { query: { patient, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.more ? page.items.at(-1)?.at : undefined),
    staleTime: 0,
  });
