import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { moveTask } from "@/features/tasks/api/moveTask";
import { tickItem } from "@/features/tasks/api/tickItem";
import { foresee, withTask } from "@/features/tasks/lists";
import type { Task, TaskDetail, TaskFilter, TaskMove, Tasks } from "@/features/tasks/types";
import { useMe } from "@/features/session/hooks/useSession";
import { readAgain } from "@/realtime/readAgain";
import { feed } from "@/realtime/singletons";
import { offerUndo, sayFailed, useSentence } from "@/ui";
import { ApiError } from "@/api/errors";

/** Shows a task as it will be, in every list that is on screen. */
function show(client: QueryClient, task: Task, me: string): void {
  for (const [key, tasks] of client.getQueriesData<Tasks>({ queryKey: ["tasks"] })) {
    if (tasks) client.setQueryData(key, withTask(tasks, task, (key[1] ?? {}) as TaskFilter, me));
  }
  client.setQueryData<TaskDetail>(["task", task.id], (known) => known && { ...known, ...task });
}

/** Asks the server what is true: after a refusal, and when no event will come to tell. */
function askAgain(client: QueryClient, task: string): void {
  void readAgain(client, { queryKey: ["tasks"] });
  void readAgain(client, { queryKey: ["task", task] });
  void readAgain(client, { queryKey: ["queues"] });
}

interface Attempt {
  client: QueryClient;
  me: string;
  task: Task;
  /** The task as it will be if the server agrees. */
  shown: Task;
  send: () => Promise<Task>;
  failed: (error: unknown) => void;
}

/** Shows the act as done, sends it, and takes it back when it failed; true when the server agreed. */
async function attemptOnce({ client, me, task, shown, send, failed }: Attempt): Promise<boolean> {
  show(client, shown, me);
  try {
    const settled = await send();
    if (feed.getStatus().connection !== "open") {
      show(client, settled, me);
      askAgain(client, task.id);
    }
    return true;
  } catch (error) {
    show(client, task, me);
    askAgain(client, task.id);
    failed(error);
    return false;
  }
}

/** What one may do to a task: shown at once, confirmed by the events, taken back with its reason when refused. */
export function useTaskActs() {
  const client = useQueryClient();
  const me = useMe();
  const { t } = useTranslation("tasks");
  const { t: common } = useTranslation();
  const sentence = useSentence();

  const attempt = useCallback(
    (task: Task, shown: Task, send: () => Promise<Task>): Promise<boolean> => {
      const failed = (error: unknown) => {
        const refused = error instanceof ApiError && error.status < 500;
        const retry = refused ? undefined : { label: common("act.retry"), act: () => void run() };
        sayFailed({ message: sentence(error), retry });
      };
      const run = () => attemptOnce({ client, me: me.id, task, shown, send, failed });
      return run();
    },
    [client, me.id, sentence, common],
  );

  const move = useCallback(
    (task: Task, what: TaskMove) =>
      attempt(task, foresee(task, what, me, new Date().toISOString()), () => moveTask(task.id, what)),
    [attempt, me],
  );

  /** Closing can be taken back for 8 s: the task comes back, and to me if it was mine. */
  const close = useCallback(
    async (task: Task, what: "complete" | "cancel") => {
      if (!(await move(task, what))) return;
      const closed = foresee(task, what, me, new Date().toISOString());
      const undo = async () => {
        const back = await move(closed, "reopen");
        if (back && task.claimed_by?.id === me.id) await move(foresee(closed, "reopen", me, ""), "claim");
      };
      offerUndo({ message: t(what === "complete" ? "completed" : "cancelled", { title: task.title }), label: common("act.undo"), undo: () => void undo() });
    },
    [move, me, t, common],
  );

  const tick = useCallback(
    (task: Task, item: string, done: boolean) => {
      const at = done ? new Date().toISOString() : null;
      const checklist = task.checklist.map((line) => (line.id === item ? { ...line, done_at: at, done_by: done ? me : null } : line));
      return attempt(task, { ...task, checklist }, () => tickItem(task.id, item, done));
    },
    [attempt, me],
  );

  return useMemo(() => ({ move, close, tick }), [move, close, tick]);
}
