import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import { NOTHING, type FoundPatient, type Wanted } from "@/features/audit/types";

/** What the reader looks for: what is typed counts once they pause, the rest at once. */
export function useWanted() {
  const [wanted, setWanted] = useState<Wanted>(NOTHING);
  const [patient, setPatient] = useState<FoundPatient | null>(null);
  const [q] = useDebouncedValue(wanted.q.trim(), 300);
  const change = (some: Partial<Wanted>) => setWanted((known) => ({ ...known, ...some }));
  const choosePatient = (found: FoundPatient | null) => {
    setPatient(found);
    change({ patient: found?.id ?? null });
  };
  const count = Object.values({ ...wanted, q: null }).filter(Boolean).length;
  return { wanted, asked: { ...wanted, q }, change, patient, choosePatient, count };
}
