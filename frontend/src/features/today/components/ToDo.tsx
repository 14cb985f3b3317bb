import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { conversationsQuery } from "@/features/messages/api/conversations";
import { useMe } from "@/features/session/hooks/useSession";
import { useTaskActs } from "@/features/tasks/hooks/useTaskActs";
import type { Section } from "@/features/tasks/sections";
import type { Task, TaskMove } from "@/features/tasks/types";
import { Column, Part } from "@/features/today/components/Column";
import { ConversationRow } from "@/features/today/components/ConversationRow";
import { Loaded } from "@/features/today/components/Loaded";
import { TaskRow } from "@/features/today/components/TaskRow";
import { useMyTasks } from "@/features/today/hooks/useMyTasks";
import { countOf, firstOf, toDoToday, unreadAboutPatients } from "@/features/today/pick";
import { EmptyState } from "@/ui";
import classes from "./Line.module.css";

const FEW = 3;
const MOST = 12;

/** What waits for me: unread words about patients, then tasks by lateness. */
export function ToDo({ today }: { today: string }) {
  const { t } = useTranslation("today");
  const me = useMe();
  const conversations = useQuery(conversationsQuery);
  const { queues, tasks, mine, known: listed } = useMyTasks();
  const unread = unreadAboutPatients(conversations.data?.items ?? []);
  const found = toDoToday(mine, today, me.id);
  const known = conversations.data && listed;
  const count = unread.length + countOf(found);
  return (
    <Column name="toDo" title={t("toDo.title")} count={known ? count : undefined} counted={t("toDo.count", { count })}>
      <Loaded query={conversations}>{() => <Unread conversations={unread} />}</Loaded>
      <Loaded query={queues} rows={6}>
        {() => <Loaded query={tasks} rows={6}>{() => <Tasks found={found} today={today} later={mine.length - countOf(found)} />}</Loaded>}
      </Loaded>
      {known && count === 0 && <Nothing later={mine.length} />}
    </Column>
  );
}

function Unread({ conversations }: { conversations: ReturnType<typeof unreadAboutPatients> }) {
  const { t } = useTranslation("today");
  if (conversations.length === 0) return null;
  const more = conversations.length - FEW;
  return (
    <>
      <Part name="unread" title={t("toDo.unread")} count={conversations.length}>
        {conversations.slice(0, FEW).map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} />
        ))}
      </Part>
      {more > 0 && (
        <p className={classes.further}>
          <Link to="/messages/{-$id}">{t("toDo.moreUnread", { count: more })}</Link>
        </p>
      )}
    </>
  );
}

function Tasks({ found, today, later }: { found: Section[]; today: string; later: number }) {
  const { t } = useTranslation("today");
  const { t: words } = useTranslation("tasks");
  const acts = useTaskActs();
  const onMove = (task: Task, move: TaskMove) =>
    void (move === "complete" || move === "cancel" ? acts.close(task, move) : acts.move(task, move));
  const shown = firstOf(found, MOST);
  const more = countOf(found) - countOf(shown);
  if (shown.length === 0) return null;
  return (
    <>
      {shown.map(({ name, tasks }) => (
        <Part
          key={name}
          name={name}
          title={words(`section.${name}`)}
          count={found.find((section) => section.name === name)?.tasks.length ?? tasks.length}
          tone={name === "urgent" || name === "late" ? name : undefined}
        >
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} today={today} onMove={onMove} />
          ))}
        </Part>
      ))}
      {more + later > 0 && (
        <p className={classes.further}>
          <Link to="/taches">{more > 0 ? t("toDo.moreTasks", { count: more }) : t("toDo.later", { count: later })}</Link>
        </p>
      )}
    </>
  );
}

function Nothing({ later }: { later: number }) {
  const { t } = useTranslation("today");
  const navigate = useNavigate();
  const action = { label: t("toDo.seeTasks"), onClick: () => void navigate({ to: "/taches" }) };
  return <EmptyState action={action}>{later > 0 ? t("toDo.nothingToday", { count: later }) : t("toDo.nothing")}</EmptyState>;
}
