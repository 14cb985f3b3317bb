import { beforeEach, expect, test, vi } from "vitest";

import { api, ok, setCsrfToken, whenSignedOut } from "@/api/client";

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
