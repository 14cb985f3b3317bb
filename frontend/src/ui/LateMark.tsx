import { IconClockExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { day, today } from "@/i18n/when";
import classes from "./LateMark.module.css";

interface LateMarkProps {
  /** "2026-11-23", or nothing when there is no due date. */
  dueOn: string | null;
  lateDays: number;
}

/** When it is due: "en retard de 3 jours" in amber with a clock, "à faire aujourd'hui", or the day. */
export function LateMark({ dueOn, lateDays }: LateMarkProps) {
  const { t } = useTranslation();
  if (!dueOn) return null;
  if (lateDays > 0) {
    return (
      <span className={classes.late}>
        <IconClockExclamation aria-hidden size={14} stroke={1.8} />
        {t("late.late", { count: lateDays })}
      </span>
    );
  }
  return <span className={classes.due}>{dueOn === today() ? t("late.today") : day(dueOn)}</span>;
}
