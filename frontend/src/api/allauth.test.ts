import { afterEach, expect, test, vi } from "vitest";

import { ask, pendingWays } from "@/api/allauth";
import { whenProofIsAsked } from "@/api/proof";

const PROOF = { status: 401, data: { flows: [{ id: "reauthenticate" }] }, meta: { is_authenticated: true } };

/** A server that gives its token when asked for it, and these answers to everything else. */
function server(...rest: [number, unknown][]) {
  const asked: [string, RequestInit | undefined][] = [];
  vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) => {
    const url = typeof input === "string" ? input : input.url;
    if (url.endsWith("/api/session/csrf")) return Promise.resolve(Response.json({ csrf: `token-${asked.length}` }));
    asked.push([url, init]);
    const [status, body] = rest.shift() ?? [500, {}];
    return Promise.resolve(Response.json(body, { status }));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test("every write carries the token of the moment: signing in has just changed it", async () => {
  const asked = server([200, {}], [200, {}]);
  await ask("POST", "/auth/login", { username: "a", password: "b" });
  await ask("DELETE", "/auth/session");
  expect(asked.map(([, init]) => (init?.headers as Record<string, string>)["X-CSRFToken"])).toEqual(["token-0", "token-1"]);
});

test("a second proof that is due is an answer, not a refusal", async () => {
  server([401, { data: { flows: [{ id: "login" }, { id: "mfa_authenticate", is_pending: true, types: ["totp"] }] }, meta: { is_authenticated: false } }]);
  expect(pendingWays(await ask("POST", "/auth/login", {}))).toEqual(["totp"]);
});

test("a wrong code is refused by its name", async () => {
  server([400, { errors: [{ code: "incorrect_code", message: "Incorrect code.", param: "code" }] }]);
  await expect(ask("POST", "/auth/2fa/authenticate", { code: "000000" })).rejects.toMatchObject({
    status: 400,
    code: "incorrect_code",
    fields: { code: "Incorrect code." },
  });
});

test("what wants proof is asked again after it, and refused without it", async () => {
  const asked = server([401, PROOF], [200, { data: "done" }], [401, PROOF]);
  whenProofIsAsked(() => Promise.resolve(true));
  expect((await ask("DELETE", "/account/authenticators/totp")).data).toBe("done");
  whenProofIsAsked(() => Promise.resolve(false));
  await expect(ask("DELETE", "/account/authenticators/totp")).rejects.toMatchObject({ code: "reauthentication_required" });
  expect(asked).toHaveLength(3);
});

test("too many attempts are told as such", async () => {
  server([429, {}]);
  await expect(ask("POST", "/auth/login", {})).rejects.toMatchObject({ code: "too_many_attempts" });
});
