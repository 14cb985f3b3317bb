import { Checkbox, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Task } from "@/features/tasks/types";
import { isClosed } from "@/features/tasks/lists";
import { dayAndHour } from "@/i18n/when";

interface ChecklistProps {
  task: Task;
  onTick: (item: string, done: boolean) => void;
}

/** The lines of a task; each says who ticked it and when. */
export function Checklist({ task, onTick }: ChecklistProps) {
  const { t } = useTranslation("tasks");
  if (task.checklist.length === 0) return null;
  return (
    <Stack component="fieldset" gap="xs" m={0} p={0} bd="none">
      <Text component="legend" size="xs" c="dimmed" mb={6} p={0}>
        {t("checklist")}
      </Text>
      {task.checklist.map((line) => (
        <Checkbox
          key={line.id}
          label={line.label}
          checked={line.done_at !== null}
          disabled={isClosed(task)}
          description={line.done_at && line.done_by ? `${line.done_by.short}, ${dayAndHour(line.done_at)}` : undefined}
          onChange={(event) => onTick(line.id, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
