import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { peopleQuery } from "@/features/session/api/people";
import { everyQueueQuery } from "@/features/tasks/api/listEveryQueue";
import { PatientPicker } from "@/features/tasks/components/PatientPicker";
import { useTaskDraft, type TaskDefaults } from "@/features/tasks/hooks/useTaskDraft";
import type { Priority, Task } from "@/features/tasks/types";
import { DayField } from "@/ui/DayField";

export interface CreateTaskDialogProps {
  opened: boolean;
  onClose: () => void;
  /** What is already known: from a message, its patient, its id as origin, its first words as title. */
  defaults?: TaskDefaults;
  onCreated?: (task: Task) => void;
}

const PRIORITIES: Priority[] = ["routine", "haute", "urgent"];

/** Puts something to do in a queue. */
export function CreateTaskDialog({ opened, onClose, defaults, onCreated }: CreateTaskDialogProps) {
  const { t } = useTranslation("tasks");
  return (
    <Modal opened={opened} onClose={onClose} title={t("create.title")} size="lg">
      <TaskForm defaults={defaults} onClose={onClose} onCreated={onCreated} />
    </Modal>
  );
}

function TaskForm({ defaults, onClose, onCreated }: Omit<CreateTaskDialogProps, "opened">) {
  const { t } = useTranslation("tasks");
  const { t: common } = useTranslation();
  const queues = useQuery(everyQueueQuery).data?.items ?? [];
  const people = useQuery(peopleQuery).data?.items ?? [];
  const { draft, set, faults, failure, busy, submit } = useTaskDraft({ defaults, queues, onClose, onCreated });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus label={t("create.what")} placeholder={t("create.whatHint")} value={draft.title} error={faults.title} maxLength={200} onChange={(event) => set({ title: event.currentTarget.value })} />
        <Group grow align="flex-start">
          <Select label={t("create.queue")} data={queues.map(({ id, name }) => ({ value: id, label: name }))} value={draft.queue} error={faults.queue} allowDeselect={false} searchable onChange={(queue) => set({ queue })} />
          <Select label={t("create.assignee")} placeholder={t("create.assigneeHint")} data={people.map(({ id, name, profession }) => ({ value: id, label: `${name} · ${profession}` }))} value={draft.assignee} error={faults.assignee} searchable clearable onChange={(assignee) => set({ assignee })} />
        </Group>
        <PatientPicker label={t("create.patient")} value={draft.patient} error={faults.patient} onChange={(patient) => set({ patient })} />
        <Group grow align="flex-end">
          <DayField label={t("create.due")} clearable value={draft.due_on} error={faults.due_on} onChange={(due_on) => set({ due_on })} />
          <div>
            <Text size="sm" fw={500} mb={3} id="task-priority">
              {t("priority.label")}
            </Text>
            <SegmentedControl fullWidth aria-labelledby="task-priority" value={draft.priority} data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))} onChange={(priority) => set({ priority })} />
          </div>
        </Group>
        <Textarea label={t("create.note")} autosize minRows={2} maxRows={8} value={draft.note} error={faults.note} maxLength={4000} onChange={(event) => set({ note: event.currentTarget.value })} />
        <Textarea label={t("create.checklist")} placeholder={t("create.checklistHint")} autosize minRows={1} maxRows={8} value={draft.lines} error={faults.checklist} onChange={(event) => set({ lines: event.currentTarget.value })} />
        {failure && (
          <Text role="alert" c="var(--urgent)">
            {failure}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("act.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("create.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
