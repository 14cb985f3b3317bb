import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { joinCircle } from "@/features/patients/api/circle";
import { patientKey } from "@/features/patients/api/patient";
import { whoOf, type Candidate } from "@/features/patients/circle";
import { useSharing } from "@/features/patients/hooks/useSharing";
import type { Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { endOfDay } from "@/i18n/when";
import { sayDone } from "@/ui";

export interface MemberDraft {
  /** "person:<id>" or "team:<id>" */
  who: string | null;
  role: string | null;
  why: string;
  /** The last day, or null for as long as it takes. */
  until: string | null;
}

/** Someone being brought into a circle; sent again with the same key when the answer was lost. */
export function useNewMember(patient: Patient, onClose: () => void) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const key = useRef(newId());
  const [draft, setDraft] = useState<MemberDraft>({ who: null, role: null, why: "", until: null });
  const sharing = useSharing({ id: patient.id, circle: patient.circle.circle });
  const set = (change: Partial<MemberDraft>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };
  const choose = (candidate: Candidate | undefined) => {
    sharing.forget();
    set({ who: candidate?.value ?? null, role: candidate?.role || null });
  };
  const setBasis: typeof sharing.set = (change) => {
    key.current = newId();
    sharing.set(change);
  };

  const add = async (who: string) => {
    const basis = await sharing.settle();
    const until = draft.until && endOfDay(draft.until);
    const member = await joinCircle(patient.id, { ...whoOf(who), role: draft.role ?? "", why: draft.why.trim(), until, basis, circle: patient.circle.circle }, key.current);
    void readAgain(client, { queryKey: patientKey(patient.id) });
    sayDone(t("circle.added", { name: member.person?.name ?? member.team?.name }));
    onClose();
  };
  const submit = () => {
    const { who } = draft;
    if (who) void sharing.send(() => add(who));
    else sharing.refuse({ person: t("circle.needed") });
  };

  return { draft, set, choose, submit, sharing, setBasis };
}
