import { useQuery } from "@tanstack/react-query";

import { useMe } from "@/features/session/hooks/useSession";
import { queuesQuery } from "@/features/tasks/api/listQueues";
import { tasksQuery } from "@/features/tasks/api/listTasks";
import { waitsFor } from "@/features/today/pick";

/** The tasks that wait for this person: theirs, and the free ones of their queues. */
export function useMyTasks() {
  const me = useMe();
  const queues = useQuery(queuesQuery);
  const tasks = useQuery(tasksQuery({ done: false }, me.id));
  const worked = queues.data?.items ?? [];
  const mine = (tasks.data?.items ?? []).filter((task) => waitsFor(task, me.id, worked));
  return { queues, tasks, mine, known: !!queues.data && !!tasks.data };
}
