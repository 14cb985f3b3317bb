import { beforeEach, expect, test, vi } from "vitest";

import { api, ok, setCsrfToken, whenSignedOut } from "@/api/client";
import { whenProofIsAsked } from "@/api/proof";

const answer = (status: number, body: unknown) => vi.fn<(asked: Request) => Promise<Response>>(() => Promise.resolve(Response.json(body, { status })));

beforeEach(() => {
  setCsrfToken("abc");
});

const write = () => ok(api.POST("/api/conversations/direct", { body: { person: "p" } }));

test("every write carries the page's token and a key of its own", async () => {
  const fetch = answer(200, {});
  vi.stubGlobal("fetch", fetch);
  await write();
  const headers = fetch.mock.calls[0]?.[0].headers;
  expect(headers?.get("X-CSRFToken")).toBe("abc");
  expect(headers?.get("Idempotency-Key")?.length).toBeGreaterThan(8);
});

test("a refusal brings its code, its sentence and its faults", async () => {
  vi.stubGlobal("fetch", answer(422, { code: "invalid", detail: "À corriger.", fields: { person: "Inconnue." } }));
  await expect(write()).rejects.toMatchObject({ status: 422, code: "invalid", message: "À corriger.", fields: { person: "Inconnue." } });
});

test("a server out of reach is not taken for a refusal", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  await expect(write()).rejects.toMatchObject({ name: "Unreachable" });
});

test("an ended session sends back to the door", async () => {
  const out = vi.fn();
  whenSignedOut(out);
  vi.stubGlobal("fetch", answer(401, { code: "not_signed_in", detail: "" }));
  await expect(write()).rejects.toMatchObject({ status: 401 });
  expect(out).toHaveBeenCalledOnce();
});

const NEEDS_PROOF = { code: "reauthentication_required", detail: "Confirmez que c’est bien vous." };

function answers(...rest: [number, unknown][]) {
  const fetch = vi.fn<(asked: Request) => Promise<Response>>(() => {
    const [status, body] = rest.shift() ?? [500, {}];
    return Promise.resolve(Response.json(body, { status }));
  });
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

test("an act that wants proof is done again once the person has given it, with the same key and body", async () => {
  const fetch = answers([403, NEEDS_PROOF], [200, { id: "c" }]);
  whenProofIsAsked(() => Promise.resolve(true));
  await expect(write()).resolves.toEqual({ id: "c" });
  const [first, second] = fetch.mock.calls.map(([request]) => request);
  expect(second?.headers.get("Idempotency-Key")).toBe(first?.headers.get("Idempotency-Key"));
  await expect(second?.json()).resolves.toEqual({ person: "p" });
});

test("whoever turns away from the question gets the refusal, and nothing is done", async () => {
  const fetch = answers([403, NEEDS_PROOF]);
  whenProofIsAsked(() => Promise.resolve(false));
  await expect(write()).rejects.toMatchObject({ code: "reauthentication_required" });
  expect(fetch).toHaveBeenCalledOnce();
});

test("two acts that want proof at once put one question", async () => {
  answers([403, NEEDS_PROOF], [403, NEEDS_PROOF], [200, {}], [200, {}]);
  const question = vi.fn(() => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 5)));
  whenProofIsAsked(question);
  await Promise.all([write(), write()]);
  expect(question).toHaveBeenCalledOnce();
});

test("another refusal puts no question", async () => {
  answers([403, { code: "forbidden", detail: "" }]);
  const question = vi.fn(() => Promise.resolve(true));
  whenProofIsAsked(question);
  await expect(write()).rejects.toMatchObject({ code: "forbidden" });
  expect(question).not.toHaveBeenCalled();
});

test("a token that changed in another tab is read again, and the act done again with the same key", async () => {
  const fetch = answers([403, { code: "csrf", detail: "" }], [200, { csrf: "new" }], [200, { id: "c" }]);
  await expect(write()).resolves.toEqual({ id: "c" });
  const [first, door, second] = fetch.mock.calls.map(([request]) => request);
  expect(door?.url).toContain("/api/session/csrf");
  expect(second?.headers.get("X-CSRFToken")).toBe("new");
  expect(second?.headers.get("Idempotency-Key")).toBe(first?.headers.get("Idempotency-Key"));
});

test("a token that is refused twice is told to the person", async () => {
  const fetch = answers([403, { code: "csrf", detail: "Rechargez" }], [200, { csrf: "new" }], [403, { code: "csrf", detail: "Rechargez" }]);
  await expect(write()).rejects.toMatchObject({ code: "csrf" });
  expect(fetch).toHaveBeenCalledTimes(3);
});
