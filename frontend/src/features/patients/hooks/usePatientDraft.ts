import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { newId } from "@/api/ids";
import { candidatesQuery } from "@/features/patients/api/candidates";
import { createPatient } from "@/features/patients/api/createPatient";
import { usualTeams } from "@/features/patients/circle";
import { peopleQuery, teamsQuery } from "@/features/session/api/people";
import { useMe } from "@/features/session/hooks/useSession";
import type { NewPatient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone, useSentence } from "@/ui";

export interface PatientDraft {
  birth_name: string;
  given_names: string;
  used_name: string;
  birth_date: string | null;
  sex: "F" | "M" | "U";
  phone: string;
  email: string;
  email_consent: boolean;
  postcode: string;
  city: string;
  is_someone_else: boolean;
  /** The médecin traitant, who enters the circle by name. */
  doctor: string | null;
  /** The teams of the circle; null is the usual ones. */
  teams: string[] | null;
}

const NEEDED = ["birth_name", "given_names", "birth_date"] as const;

const begin = (words: string): PatientDraft => ({
  birth_name: /\d/.test(words) ? "" : words.trim(),
  given_names: "",
  used_name: "",
  birth_date: null,
  sex: "U",
  phone: "",
  email: "",
  email_consent: false,
  postcode: "",
  city: "",
  is_someone_else: false,
  doctor: null,
  teams: null,
});

const GENERAL_PRACTITIONER = "medecin_traitant";

/** Who can enter the new circle, and with whom it begins unless told otherwise. */
function useCircle() {
  const me = useMe();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  return { doctors: people.filter(({ role }) => role === GENERAL_PRACTITIONER), teams, usual: usualTeams(teams, people, me) };
}

/** What the server takes: the person, and who enters the circle. */
const toSend = ({ doctor, teams, ...traits }: PatientDraft, birth_date: string): NewPatient => ({
  ...traits,
  birth_date,
  used_given_name: "",
  members: [
    ...(doctor ? [{ person: doctor, role: GENERAL_PRACTITIONER, why: "" }] : []),
    ...(teams ?? []).map((team) => ({ team, role: "", why: "" })),
  ],
});

/** Those who may be the person being written, once enough is known to compare. */
function useCandidates({ birth_name, given_names, birth_date, sex, phone }: PatientDraft) {
  const traits = { birth_name: birth_name.trim(), given_names: given_names.trim(), birth_date: birth_date ?? "", sex, phone };
  const [asked] = useDebouncedValue(traits, 300);
  const enough = asked.birth_name.length > 1 && asked.given_names !== "" && asked.birth_date !== "";
  const { data } = useQuery({ ...candidatesQuery(asked), enabled: enough });
  return enough ? (data?.items ?? []) : [];
}

interface Options {
  words: string;
  onClose: () => void;
}

/** A patient being written; sent again with the same key when the answer was lost. */
export function usePatientDraft({ words, onClose }: Options) {
  const { t } = useTranslation("patients");
  const sentence = useSentence();
  const navigate = useNavigate();
  const client = useQueryClient();
  const key = useRef(newId());
  const [written, setDraft] = useState(() => begin(words));
  const [faults, setFaults] = useState<Record<string, string | undefined>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const circle = useCircle();
  const draft = { ...written, teams: written.teams ?? circle.usual };
  const candidates = useCandidates(draft);

  const set = (change: Partial<PatientDraft>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };

  const send = async (birth_date: string) => {
    setBusy(true);
    try {
      const patient = await createPatient(toSend(draft, birth_date), key.current);
      void readAgain(client, { queryKey: ["patients"] });
      sayDone(t("new.created", { name: patient.name }));
      onClose();
      void navigate({ to: "/patients/{-$id}", params: { id: patient.id }, search: {} });
    } catch (error) {
      const known = error instanceof ApiError ? error.fields : {};
      setFaults(known);
      setFailure(Object.keys(known).length > 0 ? "" : sentence(error));
      setBusy(false);
    }
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const missing = Object.fromEntries(NEEDED.filter((name) => !draft[name]).map((name) => [name, t("new.needed")]));
    setFaults(missing);
    if (Object.keys(missing).length === 0 && draft.birth_date) void send(draft.birth_date);
  };

  return { draft, set, faults, failure, busy, submit, candidates, circle };
}
