import { Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconListCheck, IconPlayerPause } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { KeyboardEvent } from "react";

import { useMe } from "@/features/session/hooks/useSession";
import { Origin } from "@/features/tasks/components/Origin";
import { Who } from "@/features/tasks/components/Who";
import { lateDays } from "@/features/tasks/lists";
import type { Task, TaskMove } from "@/features/tasks/types";
import { today } from "@/i18n/when";
import { LateMark } from "@/ui";
import classes from "./TaskLine.module.css";

export interface TaskLineProps {
  task: Task;
  chosen: boolean;
  /** Whether the name of the queue is worth saying: not inside that queue's own list. */
  withQueue: boolean;
  onOpen: (task: Task) => void;
  onMove: (task: Task, move: TaskMove) => void;
}

/** The key of each move on the line that has the focus. */
export const KEYS: Record<string, TaskMove> = { p: "claim", r: "release", a: "wait", t: "complete" };

/** Which moves the task allows; the server has the last word. */
export function allows(task: Task, move: TaskMove): boolean {
  const from: Record<TaskMove, Task["status"][]> = {
    claim: ["open", "waiting"],
    release: ["claimed", "waiting"],
    wait: ["claimed"],
    complete: ["open", "claimed", "waiting"],
    cancel: ["open", "claimed", "waiting"],
    reopen: ["done", "cancelled"],
  };
  return from[move].includes(task.status);
}

/** One task of a list: what, for which patient, by when, who, where it came from; and the next act. */
export function TaskLine({ task, chosen, withQueue, onOpen, onMove }: TaskLineProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const move = KEYS[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || !allows(task, move)) return;
    event.preventDefault();
    onMove(task, move);
  };
  return (
    <li className={classes.line} data-chosen={chosen || undefined} data-status={task.status} data-priority={task.priority}>
      <div className={classes.what}>
        <button type="button" data-line className={classes.title} onClick={() => onOpen(task)} onKeyDown={onKeyDown} aria-current={chosen || undefined}>
          <Urgency task={task} />
          {task.title}
        </button>
        <Group gap="xs" className={classes.facts}>
          {task.patient && <span className={classes.patient}>{task.patient.name}</span>}
          <LateMark dueOn={task.due_on} lateDays={lateDays(task, today())} />
          {withQueue && <span>{task.queue.name}</span>}
          <Progress task={task} />
          <Origin task={task} />
        </Group>
      </div>
      <div className={classes.who} data-free={!task.claimed_by && !task.assignee && !task.done_by ? true : undefined}>
        <Who task={task} />
      </div>
      <div className={classes.act}>
        <NextAct task={task} onMove={onMove} />
      </div>
    </li>
  );
}

function Urgency({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  if (task.status === "waiting") return <IconPlayerPause size={15} stroke={1.8} className={classes.quiet} aria-label={t("status.waiting")} />;
  if (task.status === "done") return <IconCheck size={16} stroke={2} className={classes.good} aria-label={t("status.done")} />;
  if (task.priority === "routine") return null;
  return (
    <IconAlertTriangle
      size={16}
      stroke={1.8}
      className={task.priority === "urgent" ? classes.urgent : classes.high}
      aria-label={`${t("priority.label")} : ${t(`priority.${task.priority}`)}`}
    />
  );
}

function Progress({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  if (task.checklist.length === 0) return null;
  const done = task.checklist.filter((line) => line.done_at).length;
  return (
    <Text component="span" inherit className={classes.progress}>
      <IconListCheck aria-hidden size={14} stroke={1.8} />
      {t("progress", { done, total: task.checklist.length })}
    </Text>
  );
}

/** The one act that comes next: prendre what is free, terminer what is mine, rouvrir what is closed. */
function NextAct({ task, onMove }: Pick<TaskLineProps, "task" | "onMove">) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const move = nextMove(task, me.id);
  if (!move) return null;
  return (
    <Button
      size="xs"
      variant={move === "claim" ? "light" : "default"}
      onClick={() => onMove(task, move)}
      aria-label={`${t(`act.${move}`)} : ${task.title}`}
    >
      {t(`act.${move}`)}
    </Button>
  );
}

export function nextMove(task: Task, me: string): "claim" | "complete" | "reopen" | null {
  if (task.status === "open") return "claim";
  if (task.status === "done" || task.status === "cancelled") return "reopen";
  return task.claimed_by?.id === me ? "complete" : null;
}
