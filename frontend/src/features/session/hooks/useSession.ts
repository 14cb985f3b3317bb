import { useQuery, useSuspenseQuery } from "@tanstack/react-query";

import { sessionQuery, type Me } from "@/features/session/api/session";

export const useSession = () => useQuery(sessionQuery);

/** The person at this screen; only below the sign-in gate. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error("nobody is signed in");
  return data.person;
}

/** Whether a role in force grants the right, e.g. `agenda.book`. */
export function useMay(right: string): boolean {
  return useMe().rights.includes(right);
}
