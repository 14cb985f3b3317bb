import { Box, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { ALL, MINE } from "@/features/tasks/hooks/useTaskPlace";
import type { Queue } from "@/features/tasks/types";
import { useArrowKeys } from "@/ui";
import classes from "./QueueNav.module.css";

interface QueueNavProps {
  queues: Queue[];
  chosen: string;
  onChoose: (file: string) => void;
}

interface Line {
  file: string;
  name: string;
  count: number;
  late: number;
}

function useLines(queues: Queue[]): Line[] {
  const { t } = useTranslation("tasks");
  const sum = (what: "open" | "late" | "mine") => queues.reduce((total, queue) => total + queue[what], 0);
  return [
    { file: MINE, name: t("mine"), count: sum("mine"), late: 0 },
    { file: ALL, name: t("all"), count: sum("open"), late: sum("late") },
    ...queues.map((queue) => ({ file: queue.id, name: queue.name, count: queue.open, late: queue.late })),
  ];
}

/** My tasks, then the queues I work, each with what is to do in it and what is late. */
export function QueueNav({ queues, chosen, onChoose }: QueueNavProps) {
  const { t } = useTranslation("tasks");
  const onKeyDown = useArrowKeys();
  const lines = useLines(queues);
  return (
    <Box component="nav" aria-label={t("queues")} className={classes.nav} onKeyDown={onKeyDown}>
      {lines.map((line, index) => (
        <button
          key={line.file}
          type="button"
          data-line
          className={classes.queue}
          data-first={index === 2 || undefined}
          aria-current={line.file === chosen ? "page" : undefined}
          onClick={() => onChoose(line.file)}
        >
          <span className={classes.name}>{line.name}</span>
          {line.late > 0 && <span className={classes.late}>{t("lateCount", { count: line.late })}</span>}
          <span className={classes.count}>{line.count}</span>
        </button>
      ))}
    </Box>
  );
}

/** The same choice on a phone. */
export function QueueSelect({ queues, chosen, onChoose }: QueueNavProps) {
  const { t } = useTranslation("tasks");
  const lines = useLines(queues);
  const label = (line: Line) => `${line.name} (${line.count}${line.late ? `, ${t("lateCount", { count: line.late })}` : ""})`;
  return (
    <Select
      aria-label={t("queues")}
      className={classes.select}
      value={chosen}
      allowDeselect={false}
      data={lines.map((line) => ({ value: line.file, label: label(line) }))}
      onChange={(file) => file && onChoose(file)}
    />
  );
}
