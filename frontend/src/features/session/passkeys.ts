import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";

/** The device did not answer, or the person turned away from its question. */
export class NoPasskey extends Error {
  readonly code: "passkey_cancelled" | "passkey_known";

  constructor(code: NoPasskey["code"]) {
    super(code);
    this.name = "NoPasskey";
    this.code = code;
  }
}

export const passkeysWork = (): boolean => typeof window.PublicKeyCredential === "function";

function turnedAway(error: unknown): never {
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") throw new NoPasskey("passkey_known");
  if (["NotAllowedError", "AbortError", "WebAuthnError"].includes(name)) throw new NoPasskey("passkey_cancelled");
  throw error;
}

/** Asks the device to make a key for this site. */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<unknown> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  return startRegistration({ optionsJSON: options }).catch(turnedAway);
}

/** Asks the device to sign with one of its keys for this site. */
export async function signWithPasskey(options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  return startAuthentication({ optionsJSON: options }).catch(turnedAway);
}

const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/CrOS/, "Chromebook"],
  [/Linux/, "Linux"],
];
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const firstIn = (table: [RegExp, string][], text: string) => table.find(([pattern]) => pattern.test(text))?.[1];

/** What the device is called until the person says better: "Chrome · Windows". */
export const deviceName = (agent: string = navigator.userAgent): string =>
  [firstIn(BROWSERS, agent), firstIn(SYSTEMS, agent)].filter(Boolean).join(" · ") || "–";
