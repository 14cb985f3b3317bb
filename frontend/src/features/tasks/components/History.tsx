import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TaskDetail } from "@/features/tasks/types";
import { dayAndHour } from "@/i18n/when";
import classes from "./History.module.css";

/** What happened to the task, oldest first. */
export function History({ task }: { task: TaskDetail }) {
  const { t } = useTranslation("tasks");
  return (
    <section aria-labelledby="task-history">
      <Text component="h3" id="task-history" size="xs" c="dimmed" fw={400} m={0} mb={6}>
        {t("history")}
      </Text>
      <ol className={classes.moves}>
        {task.moves.map((move, index) => (
          <li key={`${move.at}${move.status}`}>
            <span>{index === 0 && move.status === "open" ? t("createdMove") : t(`moved.${move.status}`)}</span>
            <span className={classes.by}>{move.by?.short ?? "Liaison"}</span>
            <time dateTime={move.at}>{dayAndHour(move.at)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
