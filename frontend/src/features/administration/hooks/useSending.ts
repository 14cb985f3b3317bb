import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError } from "@/api/errors";
import { sayDone, sayFailed, useSentence } from "@/ui";

interface Sending {
  /** what the caches must read again, whatever happened */
  touches: QueryKey[];
}

/** Sends a form and keeps what the server says against it, by field and as a whole. */
export function useSending({ touches }: Sending) {
  const client = useQueryClient();
  const sentence = useSentence();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);

  const send = async <T>(write: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setFailure("");
    setFaults({});
    try {
      return await write();
    } catch (error) {
      if (error instanceof ApiError) setFaults(error.fields);
      setFailure(sentence(error));
      return undefined;
    } finally {
      setBusy(false);
      await Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey })));
    }
  };
  return { send, faults, setFaults, failure, busy };
}

/** One act with one button: says that it is done, or why not. True when it was. */
export function useAct({ touches }: Sending) {
  const client = useQueryClient();
  const sentence = useSentence();
  return async (write: () => Promise<unknown>, done: string): Promise<boolean> => {
    try {
      await write();
      sayDone(done);
      return true;
    } catch (error) {
      sayFailed({ message: sentence(error) });
      return false;
    } finally {
      await Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey })));
    }
  };
}
