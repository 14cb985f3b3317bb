import { beforeEach, expect, test, vi } from "vitest";

import { ApiError, Unreachable } from "@/api/errors";
import { Outbox, type Deliver, type Outgoing } from "@/realtime/outbox";

const settled = () => vi.waitFor(() => expect(true).toBe(true));

let sent: string[];

beforeEach(() => {
  sent = [];
});

const accept: Deliver = ({ body }) => {
  sent.push(body);
  return Promise.resolve();
};

const states = (outbox: Outbox): Outgoing["state"][] => outbox.getItems().map((item) => item.state);

test("messages leave in the order in which they were written", async () => {
  const outbox = new Outbox(accept);
  outbox.open("awa");
  outbox.post("c", "un");
  outbox.post("c", "deux");
  await vi.waitFor(() => expect(sent).toEqual(["un", "deux"]));
});

test("without a network a message waits, and leaves at the next try under the same id", async () => {
  const ids: string[] = [];
  let online = false;
  const outbox = new Outbox(({ id }) => {
    ids.push(id);
    return online ? Promise.resolve() : Promise.reject(new Unreachable());
  });
  outbox.open("awa");
  outbox.post("c", "bonjour");
  await vi.waitFor(() => expect(states(outbox)).toEqual(["waiting"]));
  online = true;
  await outbox.flush();
  expect(states(outbox)).toEqual(["sent"]);
  expect(new Set(ids).size).toBe(1);
});

test("a refused message stays with its reason, and does not hold back the next one", async () => {
  const outbox = new Outbox((message) => {
    if (message.body === "non") return Promise.reject(new ApiError(404, { code: "not_found", detail: "Introuvable." }));
    return accept(message);
  });
  outbox.open("awa");
  outbox.post("c", "non");
  outbox.post("c", "oui");
  await vi.waitFor(() => expect(sent).toEqual(["oui"]));
  expect(outbox.getItems()[0]).toMatchObject({ state: "failed", reason: "Introuvable." });
});

test("a refused message can be tried again", async () => {
  let refuse = true;
  const outbox = new Outbox((message) => (refuse ? Promise.reject(new ApiError(403, { detail: "Non." })) : accept(message)));
  outbox.open("awa");
  const { id } = outbox.post("c", "encore");
  await vi.waitFor(() => expect(states(outbox)).toEqual(["failed"]));
  refuse = false;
  outbox.again(id);
  await vi.waitFor(() => expect(sent).toEqual(["encore"]));
});

test("a server that is overloaded is tried again rather than believed", async () => {
  const outbox = new Outbox(() => Promise.reject(new ApiError(422, { code: "too_many", detail: "Trop de messages." })));
  outbox.open("awa");
  outbox.post("c", "bonjour");
  await vi.waitFor(() => expect(states(outbox)).toEqual(["waiting"]));
});

test("what waits survives a reload of the tab", async () => {
  const before = new Outbox(() => Promise.reject(new Unreachable()));
  before.open("awa");
  before.post("c", "avant");
  await settled();
  const after = new Outbox(accept);
  after.open("awa");
  await vi.waitFor(() => expect(sent).toEqual(["avant"]));
});

test("another person at the same screen never sends what was waiting", async () => {
  const before = new Outbox(() => Promise.reject(new Unreachable()));
  before.open("awa");
  before.post("c", "secret");
  await settled();
  const after = new Outbox(accept);
  after.open("martine");
  await settled();
  expect(after.getItems()).toEqual([]);
  expect(sent).toEqual([]);
});

test("what was waiting when the session ended leaves when the same person is back", async () => {
  const before = new Outbox(() => Promise.reject(new Unreachable()));
  before.open("awa");
  before.post("c", "à transmettre");
  await settled();
  before.rest();
  expect(before.getItems()).toEqual([]);
  const after = new Outbox(accept);
  after.open("awa");
  await settled();
  expect(sent).toEqual(["à transmettre"]);
});
