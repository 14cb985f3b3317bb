import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { newId } from "@/api/ids";
import { joinCircle } from "@/features/patients/api/circle";
import { patientQuery } from "@/features/patients/api/patient";
import { whoOf, type Candidate } from "@/features/patients/circle";
import type { Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone, useSentence } from "@/ui";

export interface MemberDraft {
  /** "person:<id>" or "team:<id>" */
  who: string | null;
  role: string | null;
  why: string;
}

/** Someone being brought into a circle; sent again with the same key when the answer was lost. */
export function useNewMember(patient: Patient, onClose: () => void) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const sentence = useSentence();
  const key = useRef(newId());
  const [draft, setDraft] = useState<MemberDraft>({ who: null, role: null, why: "" });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);

  const set = (change: Partial<MemberDraft>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };
  const choose = (candidate: Candidate | undefined) => set({ who: candidate?.value ?? null, role: candidate?.role || null });

  const send = async (who: string) => {
    setBusy(true);
    try {
      const member = await joinCircle(patient.id, { ...whoOf(who), role: draft.role ?? "", why: draft.why.trim() }, key.current);
      void readAgain(client, { queryKey: patientQuery(patient.id).queryKey });
      sayDone(t("circle.added", { name: member.person?.name ?? member.team?.name }));
      onClose();
    } catch (error) {
      const known = error instanceof ApiError ? error.fields : {};
      setFaults(known);
      setFailure(Object.keys(known).length > 0 ? "" : sentence(error));
      setBusy(false);
    }
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setFaults(draft.who ? {} : { person: t("circle.needed") });
    if (draft.who) void send(draft.who);
  };

  return { draft, set, choose, faults, failure, busy, submit };
}
