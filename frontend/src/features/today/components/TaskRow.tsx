import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { useMe } from "@/features/session/hooks/useSession";
import { allows, KEYS, nextMove } from "@/features/tasks/components/TaskLine";
import { lateDays } from "@/features/tasks/lists";
import type { Task, TaskMove } from "@/features/tasks/types";
import { LateMark } from "@/ui";
import classes from "./Line.module.css";

interface TaskRowProps {
  task: Task;
  today: string;
  onMove: (task: Task, move: TaskMove) => void;
}

/** One task: what, for whom, how late; taken or finished without leaving the page. */
export function TaskRow({ task, today, onMove }: TaskRowProps) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const next = nextMove(task, me.id);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = KEYS[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || !allows(task, move)) return;
    event.preventDefault();
    onMove(task, move);
  };
  return (
    <li className={classes.line}>
      <div>
        <Link data-line to="/taches" search={{ tache: task.id }} className={classes.title} title={task.title} onKeyDown={onKeyDown}>
          {task.title}
        </Link>
        <div className={classes.facts}>
          {task.patient && <span className={classes.patient}>{task.patient.name}</span>}
          {task.due_on !== today && <LateMark dueOn={task.due_on} lateDays={lateDays(task, today)} />}
          <span>{task.claimed_by ? t("who.mine") : task.queue.name}</span>
        </div>
      </div>
      {next && (
        <Button
          className={classes.act}
          size="compact-sm"
          variant={next === "claim" ? "light" : "default"}
          aria-label={`${t(`act.${next}`)} : ${task.title}`}
          onClick={() => onMove(task, next)}
        >
          {t(`act.${next}`)}
        </Button>
      )}
    </li>
  );
}
