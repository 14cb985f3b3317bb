import { useMe } from "@/features/session/hooks/useSession";

export type Part = "annuaire" | "equipes" | "roles" | "journal" | "indicateurs" | "compte";

const PARTS: { part: Part; right?: string }[] = [
  { part: "annuaire" },
  { part: "equipes" },
  { part: "roles", right: "directory.manage" },
  { part: "journal", right: "audit.read" },
  { part: "indicateurs", right: "indicator.read" },
  { part: "compte" },
];

/** The parts that this person's rights open. */
export function useParts(): Part[] {
  const { rights } = useMe();
  return PARTS.filter(({ right }) => !right || rights.includes(right)).map(({ part }) => part);
}
