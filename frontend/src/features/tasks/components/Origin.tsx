import { IconBolt, IconMail, IconMessage, IconRoute } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Task } from "@/features/tasks/types";
import classes from "./Origin.module.css";

const KINDS = {
  message: { Icon: IconMessage, words: "from.message" },
  plan: { Icon: IconRoute, words: "from.plan" },
  delivery: { Icon: IconMail, words: "from.delivery" },
} as const;

const kindOf = (kind: string) => KINDS[kind as keyof typeof KINDS] as (typeof KINDS)[keyof typeof KINDS] | undefined;

/** Where a task came from: a shape and a word; with `linked`, the way back to it on the patient's page. */
export function Origin({ task, linked = false }: { task: Task; linked?: boolean }) {
  const { t } = useTranslation("tasks");
  if (!task.origin) return null;
  const { Icon, words } = kindOf(task.origin.kind) ?? { Icon: IconBolt, words: "from.other" as const };
  const label = task.origin.label || t(words);
  const shown = (
    <>
      <Icon aria-hidden size={14} stroke={1.8} className={classes.icon} />
      <span className={classes.label}>{label}</span>
    </>
  );
  if (!linked || !task.patient) {
    return (
      <span className={classes.origin} title={t("from.named", { label })}>
        {shown}
      </span>
    );
  }
  return (
    <Link className={classes.origin} to="/patients/{-$id}" params={{ id: task.patient.id }} title={t("from.named", { label })}>
      {shown}
    </Link>
  );
}
