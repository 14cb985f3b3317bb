import { useMe } from "@/features/session/hooks/useSession";

export type Part = "personnes" | "absences" | "equipes" | "structures" | "roles" | "comptes" | "etablissement" | "journal" | "indicateurs";

interface PartGroup {
  name: "people" | "access" | "watch";
  parts: { part: Part; right?: string }[];
}

const GROUPS: PartGroup[] = [
  {
    name: "people",
    parts: [
      { part: "personnes", right: "directory.manage" },
      { part: "absences", right: "directory.manage" },
      { part: "equipes", right: "directory.manage" },
      { part: "structures", right: "directory.manage" },
    ],
  },
  {
    name: "access",
    parts: [
      { part: "roles", right: "directory.manage" },
      { part: "comptes", right: "directory.manage" },
      { part: "etablissement", right: "directory.manage" },
    ],
  },
  {
    name: "watch",
    parts: [
      { part: "journal", right: "audit.read" },
      { part: "indicateurs", right: "indicator.read" },
    ],
  },
];

export interface OpenGroup {
  name: PartGroup["name"];
  parts: Part[];
}

/** The parts that this person's rights open, under their headings. */
export function usePartGroups(): OpenGroup[] {
  const { rights } = useMe();
  return GROUPS.map(({ name, parts }) => ({
    name,
    parts: parts.filter(({ right }) => !right || rights.includes(right)).map(({ part }) => part),
  })).filter(({ parts }) => parts.length > 0);
}

/** The parts that this person's rights open, in order. */
export const useParts = (): Part[] => usePartGroups().flatMap(({ parts }) => parts);
