import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Colleague, PeopleFilter } from "@/features/directory/types";
import type { Schema } from "@/api/types";

/** The people whom the words and the filters find, in French order, a page at a time. */
export const colleaguesQuery = (filter: PeopleFilter) =>
  infiniteQueryOptions({
    queryKey: ["people", "found", filter],
    queryFn: ({ pageParam, signal }) => ok(api.GET("/api/people", { params: { query: { ...filter, before: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 30_000,
  });

export const colleagueQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "one", id],
    queryFn: ({ signal }) => ok(api.GET("/api/people/{person_id}", { params: { path: { person_id: id } }, signal })),
    staleTime: 30_000,
  });

/** Corrects what the directory says of somebody; of oneself, the phone and the hours. */
export const changePerson = (id: string, fields: Schema<"PersonEdit">): Promise<Colleague> =>
  ok(api.PATCH("/api/people/{person_id}", { params: { path: { person_id: id } }, body: fields }));
