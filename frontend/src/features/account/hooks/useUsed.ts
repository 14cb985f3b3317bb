import { useTranslation } from "react-i18next";

import { dayAndHour, recently } from "@/i18n/when";

interface Dated {
  /** seconds since 1970 */
  created_at: number;
  last_used_at: number | null;
}

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();

/** "Ajoutée le lun. 23 nov. 14:05 · dernière utilisation il y a 5 min" */
export function useUsed() {
  const { t } = useTranslation("account");
  return ({ created_at, last_used_at }: Dated): string => {
    const used = last_used_at ? t("used", { when: recently(instant(last_used_at)) }) : t("neverUsed");
    return `${t("added", { date: dayAndHour(instant(created_at)) })} · ${used}`;
  };
}
