import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Origin } from "@/features/tasks/components/Origin";
import { Who } from "@/features/tasks/components/Who";
import { lateDays } from "@/features/tasks/lists";
import type { Task } from "@/features/tasks/types";
import { today } from "@/i18n/when";
import { LateMark } from "@/ui";
import classes from "./Facts.module.css";

/** State, due day, who, queue, origin: each with its name. */
export function Facts({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  return (
    <dl className={classes.facts}>
      <Fact name={t("state")}>
        {t(`status.${task.status}`)}
        {task.priority !== "routine" && (
          <Text component="span" ms="xs" fw={550} c={task.priority === "urgent" ? "var(--urgent)" : "var(--late)"}>
            {t(`priority.${task.priority}`)}
          </Text>
        )}
      </Fact>
      <Fact name={t("due")}>{task.due_on ? <LateMark dueOn={task.due_on} lateDays={lateDays(task, today())} /> : t("noDue")}</Fact>
      <Fact name={t("holder")}>
        <Who task={task} />
      </Fact>
      <Fact name={t("queue")}>{task.queue.name}</Fact>
      {task.origin && (
        <Fact name={t("origin")}>
          <Origin task={task} linked />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
