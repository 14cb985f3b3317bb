import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Feed } from "@/realtime/feed";
import type { StreamEvent } from "@/realtime/frames";
import { FakeSocket } from "@/testing/FakeSocket";

const STREAM = "0199-stream";

function event(seq: number, data: Record<string, unknown> = {}): StreamEvent {
  return { stream: STREAM, seq, kind: "thing.happened", actor: null, at: "2026-11-23T10:00:00Z", data };
}

let sockets: FakeSocket[];
let feed: Feed;

/** The socket in use. */
function last(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  feed = new Feed(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as WebSocket;
  });
});

afterEach(() => {
  feed.stop();
  vi.useRealTimers();
});

test("a stream is joined from where its snapshot ends", () => {
  feed.start();
  last().accept();
  feed.follow({ [STREAM]: 7 });
  expect(last().sent).toContainEqual({ type: "join", streams: { [STREAM]: 7 } });
});

test("more streams than a frame may carry are joined and left in several", () => {
  const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, number) => [`stream-${number}`, number]));
  feed.start();
  last().accept();
  feed.follow(many);
  const joins = last().sent.filter((frame) => frame.type === "join");
  expect(joins.map((frame) => Object.keys(frame.streams).length)).toEqual([500, 500, 200]);
  expect(Object.assign({}, ...joins.map((frame) => frame.streams))).toEqual(many);
  feed.keepOnly(new Set());
  expect(last().sent.filter((frame) => frame.type === "leave")).toHaveLength(3);
});

test("after a cut it reconnects by itself and takes each stream up where it stood", () => {
  feed.start();
  last().accept();
  feed.follow({ [STREAM]: 7 });
  last().receive({ type: "event", ...event(8) });
  last().drop(1006);
  expect(feed.getStatus().connection).toBe("connecting");
  vi.advanceTimersByTime(20_000);
  last().accept();
  expect(sockets.length).toBeGreaterThan(1);
  expect(last().sent).toContainEqual({ type: "join", streams: { [STREAM]: 8 } });
});

test("an event that was seen before is not told again", () => {
  const told: number[] = [];
  feed.listen({ event: ({ seq }) => told.push(seq) });
  feed.start();
  last().accept();
  feed.follow({ [STREAM]: 1 });
  last().receive({ type: "events", events: [event(2), event(2), event(3)] });
  expect(told).toEqual([2, 3]);
});

test("a hole in the numbers makes it ask for what is missing, and nothing after the hole is told", () => {
  const told: number[] = [];
  feed.listen({ event: ({ seq }) => told.push(seq) });
  feed.start();
  last().accept();
  feed.follow({ [STREAM]: 1 });
  last().receive({ type: "event", ...event(4) });
  expect(told).toEqual([]);
  expect(last().sent.at(-1)).toEqual({ type: "join", streams: { [STREAM]: 1 } });
  last().receive({ type: "joined", streams: { [STREAM]: 4 } });
  last().receive({ type: "events", events: [event(2), event(3), event(4)] });
  expect(told).toEqual([2, 3, 4]);
});

test("a command is answered under its reference", async () => {
  feed.start();
  last().accept();
  const answer = feed.command("message.post", { body: "Bonjour" });
  const sent = last().sent.at(-1) as { ref: string };
  last().receive({ type: "answer", ref: sent.ref, ok: true, data: { ordinal: 3 } });
  await expect(answer).resolves.toEqual({ ordinal: 3 });
});

test("a refused command brings the server's reason", async () => {
  feed.start();
  last().accept();
  const answer = feed.command("message.post", {});
  const sent = last().sent.at(-1) as { ref: string };
  last().receive({ type: "answer", ref: sent.ref, ok: false, error: { code: "not_found", detail: "Introuvable." } });
  await expect(answer).rejects.toMatchObject({ code: "not_found", message: "Introuvable." });
});

test("a command under way when the connection falls is not taken for done", async () => {
  feed.start();
  last().accept();
  const answer = feed.command("message.post", {});
  last().drop(1006);
  await expect(answer).rejects.toMatchObject({ name: "Unreachable" });
});

test("when the session has ended it says so and does not insist", () => {
  const ended = vi.fn();
  feed.listen({ signedOut: ended });
  feed.start();
  last().accept();
  last().drop(4401);
  vi.advanceTimersByTime(60_000);
  expect(ended).toHaveBeenCalledOnce();
  expect(sockets).toHaveLength(1);
});

test("a server that stays silent is taken for gone", () => {
  feed.start();
  last().accept();
  vi.advanceTimersByTime(60_000);
  expect(sockets.length).toBeGreaterThan(1);
});
