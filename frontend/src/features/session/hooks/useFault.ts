import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { NoPasskey } from "@/features/session/passkeys";
import { useSentence } from "@/ui/useSentence";

/** Puts what went wrong at the door into a sentence: ours for the codes we know, else the server's own. */
export function useFault(): (error: unknown) => string {
  const { t, i18n } = useTranslation("signin");
  const sentence = useSentence();
  return useCallback(
    (error: unknown) => {
      const code = error instanceof ApiError || error instanceof NoPasskey ? error.code : "";
      return code && i18n.exists(`signin:fault.${code}`) ? t(`fault.${code}` as "fault.incorrect_code") : sentence(error);
    },
    [t, i18n, sentence],
  );
}
