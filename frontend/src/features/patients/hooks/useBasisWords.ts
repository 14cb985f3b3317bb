import { useTranslation } from "react-i18next";

import type { Basis } from "@/features/patients/types";

/** What allows the sharing, in words; nothing for the care team itself, which is the rule. */
export function useBasisWords(basis: Basis | null): string {
  const { t } = useTranslation("patients");
  if (!basis || basis.kind === "same_team") return "";
  return basis.kind === "exchange" ? t("basis.exchangeFor", { why: basis.why }) : t("basis.consented");
}
