import { useTranslation } from "react-i18next";

import type { PageName } from "@/app/shell/pages";
import { useUnread } from "@/features/messages/hooks/useUnread";
import { useLateTasks } from "@/features/tasks/hooks/useLateTasks";

export interface Badge {
  count: number;
  /** The count in words, for those who hear the page. */
  label: string;
}

/** The exact figures beside the page names. */
export function useBadges(): Partial<Record<PageName, Badge>> {
  const { t } = useTranslation();
  const unread = useUnread();
  const late = useLateTasks();
  return {
    messages: { count: unread, label: t("nav.unread", { count: unread }) },
    tasks: { count: late, label: t("nav.late", { count: late }) },
  };
}
