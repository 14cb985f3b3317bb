import type { Why } from "@/features/session/why";

/** How a second proof can be given. */
export type Way = "totp" | "webauthn" | "recovery_codes";

/** Where somebody stands on the way in. */
export type Step =
  | { name: "password" }
  | { name: "factor"; ways: Way[] }
  | { name: "newPassword" }
  | { name: "enrol" }
  | { name: "codes" };

/** The step that belongs to the server's reason for not letting somebody in yet. */
export function stepFor(why: Why): Step {
  if (why === "second_factor_to_set_up") return { name: "enrol" };
  return why === "password_to_change" ? { name: "newPassword" } : { name: "password" };
}

/** Letters and figures only: people copy codes with the spaces that make them readable. */
export const bareCode = (typed: string): string => typed.replace(/[\s-]/g, "");

/** "JBSWY3DP" is typed more surely as "JBSW Y3DP". */
export const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? "";
