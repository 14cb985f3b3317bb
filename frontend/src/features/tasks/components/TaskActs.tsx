import { Button, Group } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useMay, useMe } from "@/features/session/hooks/useSession";
import { allows } from "@/features/tasks/components/TaskLine";
import type { Task, TaskMove } from "@/features/tasks/types";

interface TaskActsProps {
  task: Task;
  onMove: (task: Task, move: TaskMove) => void;
}

/** What one may do to the task now; the act that comes next stands first. */
export function TaskActs({ task, onMove }: TaskActsProps) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const books = useMay("agenda.book");
  const mine = task.claimed_by?.id === me.id;
  const button = (move: TaskMove, label: string, variant: "filled" | "default" | "subtle") => (
    <Button key={move} size="sm" variant={variant} color={variant === "subtle" ? "gray" : undefined} onClick={() => onMove(task, move)}>
      {label}
    </Button>
  );
  return (
    <Group gap="xs">
      {allows(task, "claim") && button("claim", t(task.status === "waiting" ? "act.resume" : "act.claim"), "filled")}
      {allows(task, "complete") && button("complete", t("act.complete"), mine && task.status === "claimed" ? "filled" : "default")}
      {allows(task, "reopen") && button("reopen", t("act.reopen"), "default")}
      {books && task.patient && allows(task, "complete") && (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconCalendarPlus aria-hidden size={16} stroke={1.8} />}
          renderRoot={(props) => <Link to="/agenda" search={{ tache: task.id }} {...props} />}
        >
          {t("act.book")}
        </Button>
      )}
      {allows(task, "wait") && button("wait", t("act.wait"), "default")}
      {allows(task, "release") && button("release", t("act.release"), "default")}
      {allows(task, "cancel") && button("cancel", t("act.cancel"), "subtle")}
    </Group>
  );
}
