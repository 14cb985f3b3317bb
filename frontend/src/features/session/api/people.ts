import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";

export type Colleague = Schema<"PersonOut">;
export type Team = Schema<"TeamOut">;

/** More people than any centre lists at once: beyond, they are found by typing in the directory. */
const MOST_PAGES = 10;

/** Everybody who works at the centre today, in French order, for the lists one chooses from. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: async ({ signal }) => {
    const items: Colleague[] = [];
    let before: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const found = await ok(api.GET("/api/people", { params: { query: { before } }, signal }));
      items.push(...found.items);
      if (!found.next) break;
      before = found.next;
    }
    return { items };
  },
});

/** The centre's teams and who is in them. */
export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: ({ signal }) => ok(api.GET("/api/teams", { signal })),
});
