import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";

import type { Heads } from "@/api/types";
import { Feed } from "@/realtime/feed";
import type { StreamEvent } from "@/realtime/frames";
import { advance, bindCache, catchUp, fetchCurrent, REFETCH, type Live } from "@/realtime/live";
import { FakeSocket } from "@/testing/FakeSocket";

interface Words {
  items: string[];
  heads: Heads;
}

const add = (list: Words, event: StreamEvent): Words => ({ ...list, items: [...list.items, String(event.data.word)] });

const event = (seq: number, word: string): StreamEvent => ({ stream: "s", seq, kind: "word", actor: null, at: "", data: { word } });

let socket: FakeSocket;
let feed: Feed;

beforeEach(() => {
  socket = new FakeSocket();
  feed = new Feed(() => socket as unknown as WebSocket);
  feed.start();
  socket.accept();
});

test("the next event is applied once and moves the head", () => {
  const list = { items: ["a"], heads: { s: 1 } };
  expect(advance(list, event(2, "b"), add)).toEqual({ items: ["a", "b"], heads: { s: 2 } });
  expect(advance(list, event(1, "a"), add)).toBe(list);
});

test("an event further ahead than the next one asks for a new answer", () => {
  expect(advance({ items: [], heads: { s: 1 } }, event(3, "c"), add)).toBe(REFETCH);
});

test("an answer that was fetched while events arrived is brought up to them", () => {
  feed.follow({ s: 1 });
  socket.receive({ type: "events", events: [event(2, "b"), event(3, "c")] });
  expect(catchUp({ items: ["a"], heads: { s: 1 } }, add, feed)).toEqual({ items: ["a", "b", "c"], heads: { s: 3 } });
  expect(catchUp({ items: ["a", "b"], heads: { s: 2 } }, add, feed)).toEqual({ items: ["a", "b", "c"], heads: { s: 3 } });
});

test("an answer older than what is remembered is asked for again", () => {
  feed.follow({ s: 5 });
  socket.receive({ type: "event", ...event(6, "f") });
  expect(catchUp({ items: [], heads: { s: 2 } }, add, feed)).toBe(REFETCH);
});

test("what happens while the first answer is on its way is in it, applied or asked for again", async () => {
  feed.follow({ s: 1 });
  const held = ["a"];
  const ask = () => Promise.resolve({ items: [...held], heads: { s: held.length } });
  const early = ask();
  held.push("b");
  socket.receive({ type: "event", ...event(2, "b") });
  const answers = [early, early].values();
  const fetch = () => answers.next().value ?? ask();
  expect(await fetchCurrent(fetch, add, feed)).toEqual({ items: ["a", "b"], heads: { s: 2 } });
  expect(await fetchCurrent(fetch, () => REFETCH, feed)).toEqual({ items: ["a", "b"], heads: { s: 2 } });
});

const live: Live = { heads: (data) => (data as Words).heads, advance: (data, happened) => advance(data as Words, happened, add) };

test("a cached list follows its streams, and its streams are left when the list is gone", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: 0 } } });
  const unbind = bindCache(client, feed);
  await client.query({ queryKey: ["words"], queryFn: () => Promise.resolve({ items: ["a"], heads: { s: 1 } }), meta: { live }, gcTime: Infinity });
  expect(socket.sent).toContainEqual({ type: "join", streams: { s: 1 } });

  socket.receive({ type: "event", ...event(2, "b") });
  expect(client.getQueryData(["words"])).toEqual({ items: ["a", "b"], heads: { s: 2 } });

  client.removeQueries({ queryKey: ["words"] });
  await expect.poll(() => socket.sent, { timeout: 3_000 }).toContainEqual({ type: "leave", streams: ["s"] });
  unbind();
});

test("a reset makes every list of the stream be fetched again", async () => {
  const client = new QueryClient();
  const unbind = bindCache(client, feed);
  await client.query({ queryKey: ["words"], queryFn: () => Promise.resolve({ items: ["a"], heads: { s: 1 } }), meta: { live } });
  socket.receive({ type: "reset", stream: "s", head: 40 });
  expect(client.getQueryState(["words"])?.isInvalidated).toBe(true);
  unbind();
});
