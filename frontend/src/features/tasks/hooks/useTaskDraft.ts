import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { newId } from "@/api/ids";
import type { PatientRef } from "@/api/types";
import { createTask } from "@/features/tasks/api/createTask";
import type { NewTask, Priority, Queue, Task } from "@/features/tasks/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone, useSentence } from "@/ui";

export interface TaskDefaults {
  title?: string;
  note?: string;
  queue?: string;
  patient?: PatientRef | null;
  origin?: { kind: string; id: string };
}

export interface TaskDraft {
  title: string;
  note: string;
  queue: string | null;
  patient: PatientRef | null;
  priority: Priority;
  due_on: string | null;
  assignee: string | null;
  /** The lines to tick, one per line. */
  lines: string;
}

interface Options {
  defaults: TaskDefaults | undefined;
  queues: Queue[];
  onClose: () => void;
  onCreated?: (task: Task) => void;
}

const start = (defaults: TaskDefaults = {}): TaskDraft => ({
  title: defaults.title ?? "",
  note: defaults.note ?? "",
  queue: defaults.queue ?? null,
  patient: defaults.patient ?? null,
  priority: "routine",
  due_on: null,
  assignee: null,
  lines: "",
});

function toSend(draft: TaskDraft, queue: string, origin: TaskDefaults["origin"]): NewTask {
  const checklist = draft.lines.split("\n").map((line) => line.trim()).filter(Boolean);
  return {
    title: draft.title.trim(),
    note: draft.note.trim(),
    queue,
    patient: draft.patient?.id ?? null,
    priority: draft.priority,
    due_on: draft.due_on,
    assignee: draft.assignee,
    checklist,
    ...(origin && { origin_kind: origin.kind, origin_id: origin.id }),
  };
}

/** One's own team's queue; what belongs to nobody in particular goes to coordination only when chosen. */
const usualQueue = (queues: Queue[]): string | null =>
  (queues.find((queue) => queue.works && queue.code !== "coordination") ?? queues.find((queue) => queue.works))?.id ?? null;

/** A task being written; sent again with the same key when the answer was lost, so that it is created once. */
export function useTaskDraft({ defaults, queues, onClose, onCreated }: Options) {
  const { t } = useTranslation("tasks");
  const client = useQueryClient();
  const sentence = useSentence();
  const key = useRef(newId());
  const [written, setWritten] = useState(() => start(defaults));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const draft = { ...written, queue: written.queue ?? usualQueue(queues) };

  const set = (change: Partial<TaskDraft>) => {
    key.current = newId();
    setWritten((known) => ({ ...known, ...change }));
  };

  const send = async (queue: string) => {
    setBusy(true);
    try {
      const task = await createTask(toSend(draft, queue, defaults?.origin), key.current);
      void readAgain(client, { queryKey: ["tasks"] });
      sayDone(t("create.created", { queue: task.queue.name }));
      onCreated?.(task);
      onClose();
    } catch (error) {
      const known = error instanceof ApiError ? error.fields : {};
      setFaults(known);
      setFailure(Object.keys(known).length > 0 ? "" : sentence(error));
      setBusy(false);
    }
  };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const missing = {
      ...(!draft.title.trim() && { title: t("create.needed") }),
      ...(!draft.queue && { queue: t("create.queueNeeded") }),
    };
    setFaults(missing);
    if (draft.queue && !missing.title) void send(draft.queue);
  };

  return { draft, set, faults, failure, busy, submit };
}
