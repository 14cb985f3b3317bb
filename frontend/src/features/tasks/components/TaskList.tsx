import { Box } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { TaskLine, type TaskLineProps } from "@/features/tasks/components/TaskLine";
import { sections } from "@/features/tasks/sections";
import type { Task } from "@/features/tasks/types";
import { today } from "@/i18n/when";
import { useArrowKeys } from "@/ui";
import classes from "./TaskList.module.css";

interface TaskListProps extends Omit<TaskLineProps, "task" | "chosen"> {
  tasks: Task[];
  chosen: string | undefined;
}

/** The tasks of a queue in reading order; arrows move, one key acts. */
export function TaskList({ tasks, chosen, ...line }: TaskListProps) {
  const { t } = useTranslation("tasks");
  const onKeyDown = useArrowKeys();
  return (
    <Box onKeyDown={onKeyDown}>
      {sections(tasks, today()).map(({ name, tasks: found }) => (
        <section key={name} aria-labelledby={`section-${name}`}>
          <h2 id={`section-${name}`} className={classes.heading} data-name={name}>
            {t(`section.${name}`)} <span className={classes.count}>{found.length}</span>
          </h2>
          <ul className={classes.list}>
            {found.map((task) => (
              <TaskLine key={task.id} task={task} chosen={task.id === chosen} {...line} />
            ))}
          </ul>
        </section>
      ))}
    </Box>
  );
}
