import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { enrol, plansQuery, previewQuery } from "@/features/patients/api/plans";
import type { Patient, Proposal } from "@/features/patients/types";
import { today } from "@/i18n/when";
import { readAgain } from "@/realtime/readAgain";
import { sayDone, useSentence } from "@/ui";

/** A step that enrolling would really put in the plan. */
export const applies = (step: Pick<Proposal, "state">): boolean => step.state !== "not_applicable";

/** An enrolment being prepared; sent again with the same key when the answer was lost. */
export function useEnrolment(patient: Patient, onDone: () => void) {
  const { t } = useTranslation("patients");
  const sentence = useSentence();
  const client = useQueryClient();
  const key = useRef(newId());
  const [protocol, setProtocol] = useState<string | null>(null);
  const [inclusion, setInclusion] = useState(today);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const preview = useQuery({ ...previewQuery(patient.id, protocol ?? "", inclusion), enabled: protocol !== null });
  const kept = (preview.data?.steps ?? []).filter((step) => applies(step) && !leftOut.has(step.code)).length;

  const enrolling = useMutation({
    mutationFn: (chosen: string) => enrol(patient.id, { protocol: chosen, inclusion, leftOut: [...leftOut] }, key.current),
    onSuccess: async (plan) => {
      sayDone(t("enrol.done", { name: patient.name, title: plan.protocol.title }));
      await readAgain(client, { queryKey: plansQuery(patient.id).queryKey });
      onDone();
    },
  });

  const choose = (next: string | null) => {
    setProtocol(next);
    setLeftOut(new Set());
    key.current = newId();
  };
  const move = (day: string) => {
    setInclusion(day);
    key.current = newId();
  };
  const toggle = (code: string) => {
    key.current = newId();
    setLeftOut((known) => {
      const next = new Set(known);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  };
  const send = () => {
    if (protocol) enrolling.mutate(protocol);
  };
  return {
    protocol,
    setProtocol: choose,
    inclusion,
    setInclusion: move,
    preview,
    leftOut,
    toggle,
    kept,
    send,
    busy: enrolling.isPending,
    failure: enrolling.error ? sentence(enrolling.error) : "",
  };
}
