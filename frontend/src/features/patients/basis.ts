import type { NewConsent } from "@/features/patients/api/sharing";
import type { Basis } from "@/features/patients/types";
import { today } from "@/i18n/when";

export type BasisKind = Basis["kind"];

export interface BasisDraft {
  /** Nothing is said for someone of the care team itself. */
  kind: BasisKind | null;
  why: string;
  /** A consent that exists, or null for the one being written. */
  consent: string | null;
  collected: NewConsent;
}

export const NO_CONSENT = (): NewConsent => ({ scope: "", recipients: "", collected_on: today(), how: "oral", evidence: "" });

export const beginBasis = (): BasisDraft => ({ kind: null, why: "", consent: null, collected: NO_CONSENT() });

/** What the server takes once the consent, if there is one to write, has an id. */
export function basisOf({ kind, why, consent }: BasisDraft, written: string | null): Basis | null {
  if (kind === "exchange") return { kind, why: why.trim(), consent: null };
  if (kind === "consent") return { kind, why: "", consent: consent ?? written };
  return kind && { kind, why: "", consent: null };
}

/** Whether a consent is to be written before it can be named. */
export const needsConsent = ({ kind, consent }: BasisDraft): boolean => kind === "consent" && consent === null;
