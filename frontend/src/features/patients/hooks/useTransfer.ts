import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { patientKey } from "@/features/patients/api/patient";
import { transfer, type Place } from "@/features/patients/api/transfer";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone } from "@/ui";

/** A follow-up on its way to another place; sent again with the same key when the answer was lost. */
export function useTransfer(patient: Patient, to: Place, onClose: () => void) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const key = useRef(newId());
  const { busy, faults, failure, send, refuse } = useSending();
  const [why, setWhy] = useState(() => t("transfer.usual"));
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const toggle = (member: string) => {
    key.current = newId();
    setKeep((known) => {
      const next = new Set(known);
      if (!next.delete(member)) next.add(member);
      return next;
    });
  };
  const write = (words: string) => {
    key.current = newId();
    setWhy(words);
  };
  const move = async () => {
    await transfer(patient.id, { to: to.id, why: why.trim(), keep: [...keep], circle: patient.circle.circle }, key.current);
    sayDone(t("transfer.done", { name: patient.name, to: to.name }));
    onClose();
    void readAgain(client, { queryKey: patientKey(patient.id) });
    void readAgain(client, { queryKey: ["patients"] });
  };
  const submit = () => {
    if (why.trim()) void send(move);
    else refuse({ why: t("transfer.needsWhy") });
  };
  return { keep, toggle, why, setWhy: write, busy, faults, failure, submit };
}
