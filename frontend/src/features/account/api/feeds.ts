import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Feed = Schema<"FeedOut">;
export type NewFeed = Schema<"NewFeedOut">;

/** The calendar addresses this person has; the addresses themselves are shown only once, when they are made. */
export const feedsQuery = queryOptions({
  queryKey: ["feeds"],
  queryFn: ({ signal }) => ok(api.GET("/api/feeds", { signal })),
  staleTime: 0,
});

export const openFeed = (agenda: string, key: string): Promise<NewFeed> =>
  ok(api.POST("/api/feeds", { body: { agenda }, params: { header: { "Idempotency-Key": key } } }));

export const revokeFeed = (id: string): Promise<unknown> =>
  ok(api.DELETE("/api/feeds/{feed_id}", { params: { path: { feed_id: id } } }));
