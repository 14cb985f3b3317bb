import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { TaskLine, type TaskLineProps } from "@/features/tasks/components/TaskLine";
import { inOrder } from "@/features/tasks/lists";
import type { Task } from "@/features/tasks/types";
import { useArrowKeys } from "@/ui";
import classes from "./TaskBoard.module.css";

interface TaskBoardProps extends Omit<TaskLineProps, "task" | "chosen"> {
  tasks: Task[];
  chosen: string | undefined;
}

const COLUMNS = ["open", "claimed", "waiting"] as const;

/** The same tasks by state: what is free, what somebody has, what waits for something. */
export function TaskBoard({ tasks, chosen, ...line }: TaskBoardProps) {
  const { t } = useTranslation("tasks");
  const onKeyDown = useArrowKeys();
  return (
    <div className={classes.board}>
      {COLUMNS.map((column) => {
        const found = tasks.filter((task) => task.status === column).sort(inOrder);
        return (
          <section key={column} className={classes.column} aria-labelledby={`column-${column}`}>
            <Group component="header" gap={6} className={classes.heading}>
              <h2 id={`column-${column}`}>{t(`column.${column}`)}</h2>
              <Text span size="xs" c="dimmed">
                {found.length}
              </Text>
            </Group>
            <Group component="ul" className={classes.cards} onKeyDown={onKeyDown}>
              {found.map((task) => (
                <TaskLine key={task.id} task={task} chosen={task.id === chosen} {...line} />
              ))}
            </Group>
            {found.length === 0 && (
              <Text size="xs" c="dimmed" px="sm" py="xs">
                {t("column.empty")}
              </Text>
            )}
          </section>
        );
      })}
    </div>
  );
}
