import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Wanted } from "@/features/audit/types";

export const asQuery = (wanted: Wanted) => ({
  q: wanted.q || undefined,
  person: wanted.person ?? undefined,
  patient: wanted.patient ?? undefined,
  kind: wanted.kind ?? undefined,
  from: wanted.from ?? undefined,
  until: wanted.until ?? undefined,
});

/** The centre's access log, latest first, a page at a time. */
export const accessesQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["audit", wanted],
    queryFn: ({ pageParam, signal }) => ok(api.GET("/api/audit", { params: { query: { ...asQuery(wanted), before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
