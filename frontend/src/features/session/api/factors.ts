import { queryOptions } from "@tanstack/react-query";
import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";

import { ask } from "@/api/allauth";
import { deviceName, makePasskey } from "@/features/session/passkeys";

const OWN = "/account/authenticators";

interface Dated {
  /** seconds since 1970 */
  created_at: number;
  last_used_at: number | null;
}
export type Totp = Dated & { type: "totp" };
export type Passkey = Dated & { type: "webauthn"; id: number; name: string; is_passwordless?: boolean };
export type Codes = Dated & { type: "recovery_codes"; total_code_count: number; unused_code_count: number; unused_codes?: string[] };
export type Factor = Totp | Passkey | Codes;

/** The second proofs of whoever is signed in. */
export const factorsQuery = queryOptions({
  queryKey: ["factors"],
  queryFn: async () => (await ask<Factor[]>("GET", OWN)).data,
  staleTime: 0,
});

export interface TotpSecret {
  secret: string;
  totp_url: string;
}

/** The secret that the application is to share; each asking makes a new one. */
export const totpSecretQuery = queryOptions({
  queryKey: ["totp-secret"],
  queryFn: async () => (await ask<unknown, TotpSecret>("GET", `${OWN}/totp`)).meta,
  staleTime: Infinity,
  gcTime: 0,
});

export const activateTotp = (code: string) => ask<Totp>("POST", `${OWN}/totp`, { code });
export const removeTotp = () => ask("DELETE", `${OWN}/totp`);

interface Creation {
  creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON };
}

/** Makes a key on this device, by which its owner can also sign in without a password. */
export async function addPasskey(): Promise<Passkey> {
  const { data } = await ask<Creation>("GET", `${OWN}/webauthn?passwordless`);
  const credential = await makePasskey(data.creation_options.publicKey);
  return (await ask<Passkey>("POST", `${OWN}/webauthn`, { name: deviceName(), credential, passwordless: true })).data;
}

export const renamePasskey = (id: number, name: string) => ask<Passkey>("PUT", `${OWN}/webauthn`, { id, name });
export const removePasskey = (id: number) => ask("DELETE", `${OWN}/webauthn`, { authenticators: [id] });

/** The recovery codes left, when the server still shows them. */
export const readCodes = async (): Promise<string[]> => (await ask<Codes | undefined>("GET", `${OWN}/recovery-codes`)).data?.unused_codes ?? [];

/** Ten new recovery codes; the old ones are worth nothing from now on. */
export const renewCodes = async (): Promise<string[]> => (await ask<Codes>("POST", `${OWN}/recovery-codes`)).data.unused_codes ?? [];
