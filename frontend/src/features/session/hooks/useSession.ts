import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { createContext, use } from "react";

import { sessionQuery, type Me } from "@/features/session/api/session";

export const useSession = () => useQuery(sessionQuery);

/** Whom the gate let in: what lies below it may be drawn once more while it closes behind them. */
export const LetIn = createContext<Me | null>(null);

/** The person at this screen; only below the sign-in gate. */
export function useMe(): Me {
  const letIn = use(LetIn);
  const { data } = useSuspenseQuery(sessionQuery);
  const me = data?.person ?? letIn;
  if (!me) throw new Error("nobody is signed in");
  return me;
}

/** Whether a role in force grants the right, e.g. `agenda.book`. */
export function useMay(right: string): boolean {
  return useMe().rights.includes(right);
}
