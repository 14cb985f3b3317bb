import { useQuery } from "@tanstack/react-query";

import { queuesQuery } from "@/features/tasks/api/listQueues";
import { useMay } from "@/features/session/hooks/useSession";

/** How many tasks of one's queues are late: the figure beside "Tâches". */
export function useLateTasks(): number {
  const works = useMay("queue.work");
  const { data } = useQuery({ ...queuesQuery, enabled: works });
  return (data?.items ?? []).reduce((sum, queue) => sum + queue.late, 0);
}
