import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";

import { ask, pendingWays, prove, type Reply } from "@/api/allauth";
import { ApiError } from "@/api/errors";
import { signWithPasskey } from "@/features/session/passkeys";
import type { Way } from "@/features/session/steps";

/** After an answer at the door: either inside, or one more proof is to be given in one of these ways. */
export type Progress = { inside: true } | { inside: false; ways: Way[] };

function progress(reply: Reply): Progress {
  const ways = pendingWays(reply);
  if (ways) return { inside: false, ways: ways as Way[] };
  if (reply.status !== 200) throw new ApiError(401, { code: "sign_in_expired" });
  return { inside: true };
}

/** Signs in with a password. Somebody who stood halfway through the door in this browser leaves it first. */
export async function signInWithPassword(login: string, password: string): Promise<Progress> {
  const enter = async () => progress(await ask("POST", "/auth/login", { username: login.trim(), password }));
  return enter().catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    await leaveTheDoor();
    return enter();
  });
}

interface Challenge {
  request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}

async function signed(path: string): Promise<{ credential: unknown }> {
  const { data } = await ask<Challenge>("GET", path);
  return { credential: await signWithPasskey(data.request_options.publicKey) };
}

/** Signs in with nothing but a key of this device. */
export const signInWithPasskey = async (): Promise<Progress> =>
  progress(await ask("POST", "/auth/webauthn/login", await signed("/auth/webauthn/login")));

/** The second proof: six figures of the application, or a recovery code. */
export const confirmWithCode = async (code: string): Promise<Progress> => progress(await ask("POST", "/auth/2fa/authenticate", { code }));

export const confirmWithPasskey = async (): Promise<Progress> =>
  progress(await ask("POST", "/auth/webauthn/authenticate", await signed("/auth/webauthn/authenticate")));

/** What is still to be proved by whoever came back to the door halfway; nothing for everybody else. */
export const unfinishedWays = async (): Promise<Way[] | null> => pendingWays(await ask("GET", "/auth/session")) as Way[] | null;

/** Where the browser goes on to sign in at an identity provider. */
export const leaveForProvider = async (provider: string): Promise<string> =>
  (await ask<{ continue_at: string }>("POST", "/auth/provider/redirect", { provider, process: "login" })).data.continue_at;

/** Goes back to the beginning: what was proved so far is forgotten. */
export const leaveTheDoor = () => ask("DELETE", "/auth/session");

export const changePassword = (current: string, next: string) =>
  ask("POST", "/account/password/change", { current_password: current, new_password: next });

/** Proof in the middle of work that the person at the screen is the one who signed in. */
export const proveByPassword = (password: string) => prove("POST", "/auth/reauthenticate", { password });
export const proveByCode = (code: string) => prove("POST", "/auth/2fa/reauthenticate", { code });
export const proveByPasskey = async () => prove("POST", "/auth/webauthn/reauthenticate", await signed("/auth/webauthn/reauthenticate"));
