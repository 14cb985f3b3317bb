import { ActionIcon, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { taskQuery } from "@/features/tasks/api/getTask";
import { Checklist } from "@/features/tasks/components/Checklist";
import { Facts } from "@/features/tasks/components/Facts";
import { History } from "@/features/tasks/components/History";
import { TaskActs } from "@/features/tasks/components/TaskActs";
import { isClosed } from "@/features/tasks/lists";
import type { Task, TaskMove } from "@/features/tasks/types";
import { ErrorState, PatientBanner, SkeletonRows } from "@/ui";
import classes from "./TaskPanel.module.css";

interface TaskPanelProps {
  id: string;
  onClose: () => void;
  onMove: (task: Task, move: TaskMove) => void;
  onTick: (task: Task, item: string, done: boolean) => void;
}

/** One task in full: about whom, what, the lines to tick, what may be done, and its life so far. */
export function TaskPanel({ id, onClose, onMove, onTick }: TaskPanelProps) {
  const { t } = useTranslation("tasks");
  const { data: task, error, isPending, refetch } = useQuery(taskQuery(id));
  const allDone = task && !isClosed(task) && task.checklist.length > 0 && task.checklist.every((line) => line.done_at);
  return (
    <aside className={classes.panel} aria-label={task?.title ?? t("title")}>
      <ActionIcon className={classes.back} onClick={onClose} aria-label={t("act.close")} size="lg">
        <IconArrowLeft size={20} stroke={1.8} />
      </ActionIcon>
      {isPending && <SkeletonRows rows={5} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {task && (
        <>
          {task.patient && <PatientBanner patient={task.patient} linked />}
          <Stack className={classes.body} gap="md">
            <Group justify="space-between" align="flex-start" wrap="nowrap">
              <Title order={2}>{task.title}</Title>
              <ActionIcon className={classes.close} onClick={onClose} aria-label={t("act.close")}>
                <IconX size={18} stroke={1.8} />
              </ActionIcon>
            </Group>
            <Facts task={task} />
            {task.note && <Text className={classes.note}>{task.note}</Text>}
            <Checklist task={task} onTick={(item, done) => onTick(task, item, done)} />
            {allDone && <Text c="dimmed">{t("allTicked")}</Text>}
            <TaskActs task={task} onMove={onMove} />
            <History task={task} />
          </Stack>
        </>
      )}
    </aside>
  );
}
