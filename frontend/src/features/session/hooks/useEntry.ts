import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import { renewToken } from "@/api/allauth";
import { ApiError } from "@/api/errors";
import { fetchSession, sessionQuery } from "@/features/session/api/session";
import { leaveTheDoor, type Progress } from "@/features/session/api/signIn";
import { stepFor, type Step } from "@/features/session/steps";
import { setWhy, whyNow } from "@/features/session/why";

/** The way in, one step after the other, up to the session. */
export function useEntry() {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>(() => stepFor(whyNow()));

  /** Opens the page when the server calls the person signed in; else the step that it still wants. */
  const enter = useCallback(async () => {
    const session = await fetchSession();
    if (session) {
      client.setQueryData(sessionQuery.queryKey, session);
      return;
    }
    const next = stepFor(whyNow());
    setStep(next);
    await renewToken();
    if (next.name === "password") throw new ApiError(401, { code: whyNow() });
  }, [client]);

  const advance = useCallback(
    (progress: Progress) => {
      if (progress.inside) return enter();
      setStep({ name: "factor", ways: progress.ways });
      return Promise.resolve();
    },
    [enter],
  );

  /** Somebody else, or from the beginning. */
  const startAgain = useCallback(async () => {
    await leaveTheDoor();
    setWhy("not_signed_in");
    setStep({ name: "password" });
  }, []);

  return { step, setStep, enter, advance, startAgain };
}

export type Entry = ReturnType<typeof useEntry>;
