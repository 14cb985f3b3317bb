import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { patientKey } from "@/features/patients/api/patient";
import { opposeSharing } from "@/features/patients/api/sharing";
import { whoOf } from "@/features/patients/circle";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone } from "@/ui";

interface OppositionDraft {
  everyone: boolean;
  /** "person:<id>" or "team:<id>" */
  who: string | null;
  note: string;
}

const NOBODY = { person: null, team: null };

/** A patient's refusal being written down; it closes the file to whom it names as soon as it is sent. */
export function useNewOpposition(patient: Patient, onClose: () => void) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const key = useRef(newId());
  const [draft, setDraft] = useState<OppositionDraft>({ everyone: false, who: null, note: "" });
  const { busy, faults, failure, send, refuse } = useSending();
  const set = (change: Partial<OppositionDraft>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };
  const oppose = async () => {
    const whom = draft.everyone || !draft.who ? NOBODY : whoOf(draft.who);
    await opposeSharing(patient.id, { ...whom, everyone: draft.everyone, note: draft.note.trim(), circle: patient.circle.circle }, key.current);
    void readAgain(client, { queryKey: patientKey(patient.id) });
    sayDone(t("opposition.recorded"));
    onClose();
  };
  const submit = () => {
    if (draft.everyone || draft.who) void send(oppose);
    else refuse({ person: t("circle.needed") });
  };
  return { draft, set, submit, busy, faults, failure };
}
