import { queryOptions, type Query, type QueryClient, type QueryKey } from "@tanstack/react-query";

import type { Heads } from "@/api/types";
import type { Feed } from "@/realtime/feed";
import type { StreamEvent } from "@/realtime/frames";
import { readAgain } from "@/realtime/readAgain";
import { feed } from "@/realtime/singletons";

/** What `apply` returns when the event does not say enough and the list must be fetched again. */
export const REFETCH = Symbol("refetch");

export type Apply<T> = (data: T, event: StreamEvent) => T | typeof REFETCH;

/** How a cached answer follows its streams; kept in the query's `meta`. */
export interface Live {
  heads: (data: unknown) => Heads;
  advance: (data: unknown, event: StreamEvent) => unknown;
}

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { live?: Live };
  }
}

interface WithHeads {
  heads: Heads;
}

/** One event on one answer: applied once, in order; an event further ahead than the next asks for a new answer. */
export function advance<T extends WithHeads>(data: T, event: StreamEvent, apply: Apply<T>): T | typeof REFETCH {
  const head = data.heads[event.stream];
  if (head === undefined || event.seq <= head) return data;
  if (event.seq > head + 1) return REFETCH;
  const applied = apply(data, event);
  return applied === REFETCH ? REFETCH : { ...applied, heads: { ...data.heads, [event.stream]: event.seq } };
}

/** Brings an answer that was fetched while events arrived up to what this tab has already received. */
export function catchUp<T extends WithHeads>(data: T, apply: Apply<T>, from: Feed = feed): T | typeof REFETCH {
  let current: T = data;
  for (const [stream, head] of Object.entries(data.heads)) {
    const missed = from.log.since(stream, head);
    if (missed === null) return REFETCH;
    for (const event of missed) {
      const next = advance(current, event, apply);
      if (next === REFETCH) return REFETCH;
      current = next;
    }
  }
  return current;
}

/** Fetches until the answer is at least as new as what was received; in practice once, rarely twice. */
export async function fetchCurrent<T extends WithHeads>(fetch: () => Promise<T>, apply: Apply<T>, from: Feed = feed): Promise<T> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const current = catchUp(await fetch(), apply, from);
    if (current !== REFETCH) return current;
  }
  return fetch();
}

interface LiveQuery<T extends WithHeads> {
  queryKey: QueryKey;
  fetch: (signal: AbortSignal) => Promise<T>;
  /** Pure: the same list after the event. Events may overlap what the list contains. */
  apply: Apply<T>;
}

/** A query whose answer names stream heads, kept current by the events of those streams. */
export function liveQuery<T extends WithHeads>({ queryKey, fetch, apply }: LiveQuery<T>) {
  return queryOptions<T>({
    queryKey,
    queryFn: ({ signal }) => fetchCurrent(() => fetch(signal), apply),
    meta: { live: { heads: (data) => (data as T).heads, advance: (data, event) => advance(data as T, event, apply) } },
  });
}

const headsOf = (query: Query): Heads =>
  query.state.data === undefined ? {} : (query.meta?.live?.heads(query.state.data) ?? {});

/** Connects the cache to the feed: events move cached answers, cached answers decide which streams are followed. */
export function bindCache(client: QueryClient, to: Feed): () => void {
  const cache = client.getQueryCache();
  const following = (streams: string[]) => cache.findAll({ predicate: (query) => streams.some((id) => id in headsOf(query)) });
  const refetch = (query: Query) => void readAgain(client, { queryKey: query.queryKey, exact: true });

  const apply = (event: StreamEvent) => {
    for (const query of following([event.stream])) {
      const next = query.meta?.live?.advance(query.state.data, event);
      if (next === REFETCH) refetch(query);
      else if (next !== query.state.data) client.setQueryData(query.queryKey, next);
    }
  };
  const stopListening = to.listen({
    event: apply,
    reset: (stream) => following([stream]).forEach(refetch),
    dropped: (streams) => following(streams).forEach(refetch),
  });

  let pruning: ReturnType<typeof setTimeout> | undefined;
  const prune = () => to.keepOnly(new Set(cache.getAll().flatMap((query) => Object.keys(headsOf(query)))));
  const stopWatching = cache.subscribe((change) => {
    if (change.type === "updated" && change.action.type === "success") to.follow(headsOf(change.query as Query));
    if (change.type === "removed") {
      clearTimeout(pruning);
      pruning = setTimeout(prune, 1_000);
    }
  });
  return () => {
    stopListening();
    stopWatching();
    clearTimeout(pruning);
  };
}

/** Replaces an item by id, or puts it where `place` says when it is new. */
export function upsert<T extends { id: string }>(items: T[], item: T, place: (items: T[], item: T) => T[] = append): T[] {
  return items.some((known) => known.id === item.id) ? items.map((known) => (known.id === item.id ? item : known)) : place(items, item);
}

const append = <T>(items: T[], item: T): T[] => [...items, item];
