import { useCallback, useState } from "react";

import { ApiError } from "@/api/errors";
import { useSentence } from "@/ui";

interface Outcome {
  busy: boolean;
  /** By field, as the server names them. */
  faults: Record<string, string>;
  /** When no field is at fault. */
  failure: string;
  /** The server's code of the refusal. */
  code: string;
}

const NOTHING: Outcome = { busy: false, faults: {}, failure: "", code: "" };

/** A form on its way to the server: busy, then done, or back with the reason. */
export function useSending() {
  const sentence = useSentence();
  const [outcome, setOutcome] = useState(NOTHING);
  const send = useCallback(
    async (act: () => Promise<unknown>): Promise<boolean> => {
      setOutcome({ ...NOTHING, busy: true });
      try {
        await act();
        setOutcome(NOTHING);
        return true;
      } catch (error) {
        const faults = error instanceof ApiError ? error.fields : {};
        const failure = Object.keys(faults).length > 0 ? "" : sentence(error);
        setOutcome({ busy: false, faults, failure, code: error instanceof ApiError ? error.code : "" });
        return false;
      }
    },
    [sentence],
  );
  const refuse = useCallback((faults: Record<string, string>) => setOutcome({ ...NOTHING, faults }), []);
  return { ...outcome, send, refuse };
}
