import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { changePatient } from "@/features/patients/api/changePatient";
import { patientKey } from "@/features/patients/api/patient";
import type { Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone, useSentence } from "@/ui";

export type ContactDraft = Pick<Patient, "phone" | "email" | "email_consent" | "postcode" | "city">;

const begin = ({ phone, email, email_consent, postcode, city }: Patient): ContactDraft => ({ phone, email, email_consent, postcode, city });

/** Only what was changed is sent: what a colleague changed meanwhile stays. Without an address there is no agreement. */
export function changed(before: ContactDraft, { email_consent, ...draft }: ContactDraft): Partial<ContactDraft> {
  const after: ContactDraft = { ...draft, email_consent: email_consent && draft.email.trim() !== "" };
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name as keyof ContactDraft] !== value));
}

/** How to reach a patient, being corrected. */
export function useContactDraft(patient: Patient, onClose: () => void) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const sentence = useSentence();
  const [before] = useState(() => begin(patient));
  const [draft, setDraft] = useState(before);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<ContactDraft>) => setDraft((known) => ({ ...known, ...change }));

  const send = async () => {
    setBusy(true);
    try {
      await changePatient(patient.id, changed(before, draft));
      void readAgain(client, { queryKey: patientKey(patient.id) });
      sayDone(t("contact.saved", { name: patient.name }));
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
    void send();
  };

  return { draft, set, faults, failure, busy, submit };
}
