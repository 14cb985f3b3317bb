import { expect, test } from "vitest";

import { applyToConversation } from "@/features/messages/api/conversation";
import { applyToConversations } from "@/features/messages/api/conversations";
import { advanceThread, messagesOf, type Thread } from "@/features/messages/api/thread";
import type { Conversation, ConversationDetail, Message, Reader } from "@/features/messages/api/types";
import { groupsOf } from "@/features/messages/groups";
import { receiptsOf } from "@/features/messages/receipts";
import { rowsOf } from "@/features/messages/rows";
import type { StreamEvent } from "@/realtime/frames";
import { REFETCH } from "@/realtime/live";

const AWA = { id: "awa", name: "Awa Diallo", short: "Awa D.", profession: "Infirmière", initials: "AD" };
const ROUX = { id: "roux", name: "Dr Claire Roux", short: "Dr Roux", profession: "Médecin", initials: "CR" };
const DUBOIS = { id: "dubois", name: "Martine Dubois", short: "Martine D.", profession: "Secrétaire", initials: "MD" };

const message = (ordinal: number, author = AWA, at = "2026-11-23T10:00:00Z"): Message => ({
  id: `m${ordinal}`,
  conversation: "c",
  ordinal,
  author,
  body: `message ${ordinal}`,
  at,
  tasks: [],
});

const event = (seq: number, kind: string, data: object): StreamEvent => ({
  stream: "c",
  seq,
  kind,
  actor: null,
  at: "2026-11-23T10:00:00Z",
  data: data as Record<string, unknown>,
});

const conversation: Conversation = {
  id: "c",
  kind: "team",
  title: "",
  patient: null,
  team: { id: "t", name: "Secrétariat" },
  people: null,
  last: null,
  last_ordinal: 2,
  read_ordinal: 2,
  unread: 0,
};
const list = { items: [conversation], heads: { c: 5 } };

test("a message of someone else is one more to read", () => {
  const next = applyToConversations(list, event(6, "message.posted", message(3)), "dubois");
  expect(next).toMatchObject({ items: [{ unread: 1, last_ordinal: 3, last: { excerpt: "message 3" } }] });
});

test("the beginning of a message stands on one line, cut as the server cuts it", () => {
  const excerptOf = (body: string) => {
    const next = applyToConversations(list, event(6, "message.posted", { ...message(3), body }), "dubois");
    return next === REFETCH ? undefined : next.items[0]?.last?.excerpt;
  };
  expect(excerptOf(" Bonjour,\n\n  pouvez-vous  passer ?")).toBe("Bonjour, pouvez-vous passer ?");
  expect(excerptOf("é".repeat(140))).toBe("é".repeat(140));
  expect(excerptOf("é".repeat(141))).toBe(`${"é".repeat(139)}…`);
});

test("one's own message is not something to read", () => {
  expect(applyToConversations(list, event(6, "message.posted", message(3)), "awa")).toMatchObject({ items: [{ unread: 0 }] });
});

test("the same message told twice counts once", () => {
  const once = applyToConversations(list, event(6, "message.posted", message(3)), "dubois");
  if (once === REFETCH) throw new Error("unexpected");
  expect(applyToConversations(once, event(6, "message.posted", message(3)), "dubois")).toMatchObject({ items: [{ unread: 1 }] });
});

test("reading on another screen empties the figure; reading only a part asks the server", () => {
  const unread = { items: [{ ...conversation, last_ordinal: 6, unread: 4 }], heads: { c: 5 } };
  const read = (ordinal: number) => applyToConversations(unread, event(6, "read.moved", { person: "dubois", ordinal }), "dubois");
  expect(read(6)).toMatchObject({ items: [{ unread: 0, read_ordinal: 6 }] });
  expect(read(4)).toBe(REFETCH);
});

test("what someone else reads changes nothing in my list", () => {
  expect(applyToConversations(list, event(6, "read.moved", { person: "roux", ordinal: 2 }), "dubois")).toEqual(list);
});

test("a conversation opened for me makes the list be fetched again", () => {
  expect(applyToConversations(list, event(6, "conversation.opened", { id: "d" }), "dubois")).toBe(REFETCH);
});

const thread: Thread = {
  pages: [
    { items: [message(3), message(4)], heads: { c: 5 }, first: false },
    { items: [message(1), message(2)], heads: { c: 5 }, first: true },
  ],
  pageParams: [null, 3],
};

test("a new message joins the end of the thread, once", () => {
  const next = advanceThread(thread, event(6, "message.posted", message(5)));
  if (next === REFETCH) throw new Error("unexpected");
  expect(messagesOf(next).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5]);
  expect(advanceThread(next, event(6, "message.posted", message(5)))).toBe(next);
});

test.each(["m1", "m4"])("a task made from a message of the thread (%s) makes it be fetched again, once", (message) => {
  const linked = { message, task: { id: "t1", status: "open" } };
  expect(advanceThread(thread, event(6, "message.linked", linked))).toBe(REFETCH);
  expect(advanceThread(thread, event(5, "message.linked", linked))).toBe(thread);
});

test("a task made from a message that was not fetched changes nothing", () => {
  const linked = { message: "m0", task: { id: "t1", status: "open" } };
  const next = advanceThread(thread, event(6, "message.linked", linked));
  if (next === REFETCH) throw new Error("unexpected");
  expect(messagesOf(next)).toEqual(messagesOf(thread));
});

test("reading moves a receipt forward, never back", () => {
  const members: Reader[] = [{ ...ROUX, read_ordinal: 4 }];
  const detail: ConversationDetail = { ...conversation, members, heads: { c: 5 }, circle: null, basis: null, participants: [] };
  const readUpTo = (ordinal: number) => {
    const read = applyToConversation(detail, event(6, "read.moved", { person: "roux", ordinal }));
    return read === REFETCH ? undefined : read.members[0]?.read_ordinal;
  };
  expect(readUpTo(6)).toBe(6);
  expect(readUpTo(2)).toBe(4);
});

test("when somebody is invited or leaves, the conversation is read again", () => {
  const detail: ConversationDetail = { ...conversation, members: [], heads: { c: 5 }, circle: null, basis: null, participants: [] };
  expect(applyToConversation(detail, event(6, "participants.changed", { id: "c" }))).toBe(REFETCH);
});

test("receipts say who has read and who has not, without the author", () => {
  const members = [
    { ...AWA, read_ordinal: 0 },
    { ...ROUX, read_ordinal: 2 },
    { ...DUBOIS, read_ordinal: 3 },
  ];
  const { read, unread } = receiptsOf(message(3), members);
  expect(read.map(({ id }) => id)).toEqual(["dubois"]);
  expect(unread.map(({ id }) => id)).toEqual(["roux"]);
});

test("a thread shows its days, where the unread begins, and groups what one person wrote at once", () => {
  const messages = [
    message(1, AWA, "2026-11-22T09:00:00Z"),
    message(2, AWA, "2026-11-23T09:00:00Z"),
    message(3, AWA, "2026-11-23T09:01:00Z"),
    message(4, ROUX, "2026-11-23T09:02:00Z"),
  ];
  const rows = rowsOf({ messages, outgoing: [], readUpTo: 3, me: "dubois" });
  expect(rows.map(({ kind }) => kind)).toEqual(["day", "message", "day", "message", "message", "new", "message"]);
  expect(rows.filter((row) => row.kind === "message").map((row) => row.continues)).toEqual([false, false, true, false]);
});

test("a message under way is shown until it has arrived, and never twice", () => {
  const outgoing = [{ id: "m2", conversation: "c", body: "message 2", at: "2026-11-23T10:00:00Z", state: "sending" as const }];
  const shown = (messages: Message[]) => rowsOf({ messages, outgoing, readUpTo: 9, me: "awa" }).filter(({ key }) => key === "m2");
  expect(shown([message(1)])).toMatchObject([{ kind: "outgoing" }]);
  expect(shown([message(1), message(2)])).toMatchObject([{ kind: "message" }]);
});

test("conversations stand unread first, and the one being read does not run away", () => {
  const team = { ...conversation, id: "team" };
  const direct = { ...conversation, id: "direct", kind: "direct" as const, team: null, people: [ROUX], unread: 2 };
  expect(groupsOf([team, direct]).map(({ name }) => name)).toEqual(["unread", "team"]);
  const read = { ...direct, unread: 0 };
  expect(groupsOf([team, read]).map(({ name }) => name)).toEqual(["team", "direct"]);
  expect(groupsOf([team, read], "", "direct").map(({ name }) => name)).toEqual(["unread", "team"]);
});

test("a filter finds a conversation without accents", () => {
  expect(groupsOf([conversation], "secretariat")).toHaveLength(1);
  expect(groupsOf([conversation], "pharmacie")).toHaveLength(0);
});
