import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useMe } from "@/features/session/hooks/useSession";
import type { Task } from "@/features/tasks/types";
import { PersonAvatar } from "@/ui";

/** Who has the task, or for whom it waits. */
export function useWho(): (task: Task) => string {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const name = (person: { id: string; short: string }) => (person.id === me.id ? t("who.mine") : person.short);
  return (task) => {
    const holder = task.done_by ?? task.claimed_by;
    if (holder) return name(holder);
    return task.assignee ? t("who.meantFor", { who: name(task.assignee) }) : t("who.free");
  };
}

export function Who({ task }: { task: Task }) {
  const who = useWho();
  const holder = task.done_by ?? task.claimed_by;
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      {holder && <PersonAvatar person={holder} size={22} />}
      <Text size="xs" c={holder ? undefined : "dimmed"} truncate>
        {who(task)}
      </Text>
    </Group>
  );
}
