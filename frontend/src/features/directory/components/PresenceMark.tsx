import { IconCalendarOff, IconCircleFilled, IconMoon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Colleague } from "@/features/directory/types";
import { dayAndHour } from "@/i18n/when";
import classes from "./PresenceMark.module.css";

const MARKS = { here: IconCircleFilled, away: IconMoon, absent: IconCalendarOff } as const;

/** Whether someone can be reached now: a shape and a few words. */
export function PresenceMark({ person }: { person: Pick<Colleague, "presence" | "absent_until"> }) {
  const { t } = useTranslation("directory");
  const Icon = MARKS[person.presence];
  const until = person.absent_until ? dayAndHour(person.absent_until) : null;
  const words = person.presence === "absent" && until ? t("presence.absentUntil", { until }) : t(`presence.${person.presence}`);
  return (
    <span className={classes.mark} data-presence={person.presence}>
      <Icon aria-hidden size={person.presence === "here" ? 9 : 14} stroke={1.8} />
      {words}
    </span>
  );
}
