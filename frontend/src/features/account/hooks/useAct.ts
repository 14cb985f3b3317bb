import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";

import { useFault } from "@/features/session/hooks/useFault";
import { sayDone, sayFailed } from "@/ui";

/** Does one thing, says how it went, and reads the list again; false when it was refused. */
export function useAct(key: QueryKey) {
  const client = useQueryClient();
  const fault = useFault();
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true);
    try {
      await act();
      if (done) sayDone(done);
      return true;
    } catch (error) {
      sayFailed({ message: fault(error) });
      return false;
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: key });
    }
  };
  return { busy, run };
}
