import type { Query, QueryClient, QueryFilters } from "@tanstack/react-query";

/** Drops the answer on its way and asks anew; whoever waits for the dropped one is given the new one. */
function askAnew(query: Query): Promise<unknown> {
  void query.cancel({ silent: true });
  return query.fetch().catch(() => undefined);
}

/**
 * Marks answers as outdated and fetches those on screen again, including those that are just being fetched: their answer may
 * have been made before whatever happened. `invalidateQueries` alone joins a first fetch that is under way.
 */
export async function readAgain(client: QueryClient, filters: QueryFilters): Promise<void> {
  const underWay = client.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" });
  const others = (query: Query) => !underWay.includes(query) && (filters.predicate?.(query) ?? true);
  await Promise.all([client.invalidateQueries({ ...filters, predicate: others }), ...underWay.map(askAnew)]);
}
