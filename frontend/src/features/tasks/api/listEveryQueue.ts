import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** Every queue of the centre, to hand something over to; those one works come with their counts. */
export const everyQueueQuery = queryOptions({
  queryKey: ["queues", "every"],
  queryFn: ({ signal }) => ok(api.GET("/api/queues", { params: { query: { every: true } }, signal })),
});
