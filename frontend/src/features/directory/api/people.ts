import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { ask } from "@/features/directory/api/wire";
import type { Colleague, ColleaguePage, PeopleFilter } from "@/features/directory/types";

/** The people whom the words and the filters find, in French order, a page at a time. */
export const colleaguesQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ["people", "found", filter],
    queryFn: ({ pageParam, signal }) => ask<ColleaguePage>("GET", "/api/people", { params: { query: { ...filter, before: pageParam } }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  });

export const colleagueQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "one", id],
    queryFn: ({ signal }) => ask<Colleague>("GET", "/api/people/{id}", { params: { path: { id } }, signal }),
    staleTime: 30_000,
  });
