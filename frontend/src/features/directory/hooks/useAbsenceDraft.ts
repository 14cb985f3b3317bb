import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import type { PersonRef } from "@/api/types";
import { spanOf, type AbsenceSpan } from "@/features/directory/absences";
import { declareAbsence } from "@/features/directory/api/absences";
import { zoneNow } from "@/i18n/when";
import { sayDone, useSentence } from "@/ui";

interface Draft extends AbsenceSpan {
  person: string | null;
  delegate: string | null;
  reason: string;
}

/** What is being declared, and what the server says against it. */
export function useAbsenceDraft(person: PersonRef | undefined, onDone: () => void) {
  const { t } = useTranslation("directory");
  const client = useQueryClient();
  const sentence = useSentence();
  const [draft, setDraft] = useState<Draft>({ person: person?.id ?? null, delegate: null, from: null, until: null, fromHour: "", untilHour: "", reason: "" });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));

  const missing = (): Record<string, string> => ({
    ...(draft.person ? {} : { person: t("absences.missingPerson") }),
    ...(draft.from ? {} : { starts_at: t("absences.missingDay") }),
    ...(draft.until ? {} : { ends_at: t("absences.missingDay") }),
  });
  const send = async () => {
    const span = spanOf(draft, zoneNow());
    const lacking = missing();
    setFaults(lacking);
    setFailure("");
    if (!span || !draft.person || Object.keys(lacking).length > 0) return;
    setBusy(true);
    try {
      await declareAbsence({ person: draft.person, delegate: draft.delegate, reason: draft.reason.trim(), ...span });
      sayDone(t("absences.declared"));
      onDone();
    } catch (error) {
      if (error instanceof ApiError) setFaults(error.fields);
      setFailure(sentence(error));
    } finally {
      setBusy(false);
      await Promise.all(["absences", "people"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void send();
  };
  return { draft, set, faults, failure, busy, submit };
}
