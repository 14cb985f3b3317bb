import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import type { TaskFilter } from "@/features/tasks/types";

export const MINE = "moi";
export const ALL = "toutes";

export interface TaskPlace {
  /** "moi", "toutes", or the id of a queue. */
  file: string;
  tache: string | undefined;
  closed: boolean;
  board: boolean;
}

/** Where one is among the tasks; it is all in the address, so that back and a shared link find the place again. */
export function useTaskPlace() {
  const { file = ALL, tache, etat, vue } = useSearch({ from: "/taches" });
  const navigate = useNavigate({ from: "/taches" });
  const place: TaskPlace = { file, tache, closed: etat === "terminees", board: vue === "tableau" };
  const go = useCallback(
    (change: { file?: string; tache?: string | undefined; etat?: string | undefined; vue?: string | undefined }) =>
      void navigate({ search: (known) => ({ ...known, ...change }) }),
    [navigate],
  );
  return { place, go };
}

export function filterOf({ file, closed }: TaskPlace): TaskFilter {
  if (file === MINE) return { mine: true, done: closed };
  return file === ALL ? { done: closed } : { queue: file, done: closed };
}
