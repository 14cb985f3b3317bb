import { useRef, useState } from "react";

import { ApiError } from "@/api/errors";
import { newId } from "@/api/ids";
import { collectConsent } from "@/features/patients/api/sharing";
import { basisOf, beginBasis, needsConsent, type BasisDraft } from "@/features/patients/basis";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Whose } from "@/features/patients/types";

const MISSING = "sharing_basis_missing";

/** A write that brings somebody to a patient's information: when the server asks for a basis, it is asked of the person. */
export function useSharing({ id, circle }: Whose) {
  const sending = useSending();
  const key = useRef(newId());
  const [draft, setDraft] = useState<BasisDraft>(beginBasis);
  /** Why a basis is asked for; stays while it is being given. */
  const [missing, setMissing] = useState("");

  const set = (change: Partial<BasisDraft>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };
  /** Somebody else is chosen: they may belong to the care team. */
  const forget = () => {
    setMissing("");
    setDraft(beginBasis());
  };

  /** The basis to send; a consent that is being written is recorded first, once. */
  const settle = async () => {
    if (!missing) return null;
    if (!needsConsent(draft)) return basisOf(draft, null);
    const consent = await collectConsent(id, { ...draft.collected, circle }, key.current);
    setDraft((known) => ({ ...known, consent: consent.id }));
    return basisOf(draft, consent.id);
  };

  const send = (act: () => Promise<unknown>) =>
    sending.send(async () => {
      try {
        await act();
      } catch (error) {
        if (error instanceof ApiError && error.code === MISSING) setMissing(error.message);
        throw error;
      }
    });

  const failure = sending.code === MISSING ? "" : sending.failure;
  return { draft, set, forget, missing, settle, send, busy: sending.busy, faults: sending.faults, failure, refuse: sending.refuse };
}
