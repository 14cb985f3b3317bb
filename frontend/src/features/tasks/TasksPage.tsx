import { Button, Group, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { useMe } from "@/features/session/hooks/useSession";
import { queuesQuery } from "@/features/tasks/api/listQueues";
import { tasksQuery } from "@/features/tasks/api/listTasks";
import { QueueNav, QueueSelect } from "@/features/tasks/components/QueueNav";
import { TaskBoard } from "@/features/tasks/components/TaskBoard";
import { TaskList } from "@/features/tasks/components/TaskList";
import { TaskPanel } from "@/features/tasks/components/TaskPanel";
import { useTaskActs } from "@/features/tasks/hooks/useTaskActs";
import { ALL, filterOf, MINE, useTaskPlace, type TaskPlace } from "@/features/tasks/hooks/useTaskPlace";
import type { Queue, Task, TaskMove } from "@/features/tasks/types";
import { EmptyState, ErrorState, Page, SkeletonRows } from "@/ui";
import classes from "./TasksPage.module.css";

const CreateTaskDialog = lazy(() =>
  import("@/features/tasks/components/CreateTaskDialog").then((module) => ({ default: module.CreateTaskDialog })),
);

/** Queues, the tasks of one of them, and the task that is open. */
export function TasksPage() {
  const { t } = useTranslation("tasks");
  const { place, go } = useTaskPlace();
  const queues = useQuery(queuesQuery);
  const [creating, dialog] = useDisclosure(false);
  const acts = useTaskActs();
  const onMove = (task: Task, move: TaskMove) =>
    void (move === "complete" || move === "cancel" ? acts.close(task, move) : acts.move(task, move));
  const worked = queues.data?.items ?? [];
  const choose = (file: string) => go({ file, tache: undefined });
  return (
    <Page title={t("title")} actions={<Controls place={place} go={go} onCreate={dialog.open} />}>
      <div className={classes.panes} data-open={place.tache ? true : undefined}>
        <QueueNav queues={worked} chosen={place.file} onChoose={choose} />
        <div className={classes.list}>
          <QueueSelect queues={worked} chosen={place.file} onChoose={choose} />
          {queues.error ? (
            <ErrorState error={queues.error} onRetry={() => void queues.refetch()} />
          ) : (
            <Tasks place={place} queues={worked} go={go} onMove={onMove} />
          )}
        </div>
        {place.tache && (
          <TaskPanel id={place.tache} onClose={() => go({ tache: undefined })} onMove={onMove} onTick={(task, item, done) => void acts.tick(task, item, done)} />
        )}
      </div>
      {creating && (
        <Suspense>
          <CreateTaskDialog opened onClose={dialog.close} defaults={{ queue: worked.find(({ id }) => id === place.file)?.id }} onCreated={(task) => go({ tache: task.id })} />
        </Suspense>
      )}
    </Page>
  );
}

type Go = ReturnType<typeof useTaskPlace>["go"];

interface TasksProps {
  place: TaskPlace;
  queues: Queue[];
  go: Go;
  onMove: (task: Task, move: TaskMove) => void;
}

function Tasks({ place, queues, go, onMove }: TasksProps) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const { data, error, isPending, refetch } = useQuery(tasksQuery(filterOf(place), me.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={8} />;
  const inQueues = place.file === ALL ? data.items.filter((task) => queues.some(({ id }) => id === task.queue.id)) : data.items;
  if (inQueues.length === 0) return <Nothing place={place} go={go} />;
  const Shape = place.board && !place.closed ? TaskBoard : TaskList;
  return (
    <>
      <Shape
        tasks={inQueues}
        chosen={place.tache}
        withQueue={place.file === ALL || place.file === MINE}
        onOpen={(task) => go({ tache: task.id })}
        onMove={onMove}
      />
      {data.more && <p className={classes.more}>{t("more")}</p>}
    </>
  );
}

function Nothing({ place, go }: { place: TaskPlace; go: Go }) {
  const { t } = useTranslation("tasks");
  if (place.closed) return <EmptyState>{t("empty.closed")}</EmptyState>;
  if (place.file === ALL) return <EmptyState>{t("empty.all")}</EmptyState>;
  const action = { label: t("empty.seeQueues"), onClick: () => go({ file: ALL }) };
  return <EmptyState action={action}>{t(place.file === MINE ? "empty.mine" : "empty.queue")}</EmptyState>;
}

function Controls({ place, go, onCreate }: { place: TaskPlace; go: Go; onCreate: () => void }) {
  const { t } = useTranslation("tasks");
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t("which")}
        value={place.closed ? "closed" : "toDo"}
        data={[
          { value: "toDo", label: t("toDo") },
          { value: "closed", label: t("closed") },
        ]}
        onChange={(value) => go({ etat: value === "closed" ? "terminees" : undefined, tache: undefined })}
      />
      <SegmentedControl
        size="xs"
        visibleFrom="sm"
        aria-label={t("view")}
        value={place.board ? "board" : "list"}
        disabled={place.closed}
        data={[
          { value: "list", label: t("list") },
          { value: "board", label: t("board") },
        ]}
        onChange={(value) => go({ vue: value === "board" ? "tableau" : undefined })}
      />
      <Button size="sm" leftSection={<IconPlus aria-hidden size={16} stroke={2} />} onClick={onCreate}>
        {t("new")}
      </Button>
    </Group>
  );
}
