import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { ApiError, Unreachable } from "@/api/errors";

/** Puts any error into a sentence for the person: the server's own when it gave one. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error: unknown) => {
      if (error instanceof ApiError && error.message) return error.message;
      return error instanceof Unreachable ? t("state.unreachable") : t("state.unexpected");
    },
    [t],
  );
}
