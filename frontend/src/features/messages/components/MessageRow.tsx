import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { LinkedTask, Message, Reader } from "@/features/messages/api/types";
import { Receipts } from "@/features/messages/components/Receipts";
import { useMay } from "@/features/session/hooks/useSession";
import { dayAndHour, hour } from "@/i18n/when";
import { PersonAvatar } from "@/ui";
import classes from "./MessageRow.module.css";

interface MessageRowProps {
  message: Message;
  /** The same author as just above: the name is not said again. */
  continues: boolean;
  members: Reader[];
  withReceipts: boolean;
  onMakeTask: (message: Message) => void;
}

/** One message: who, in which role, when, what; the tasks made from it, and who has read it. */
export function MessageRow({ message, continues, members, withReceipts, onMakeTask }: MessageRowProps) {
  const { t } = useTranslation("messages");
  const mayMakeTask = useMay("queue.work");
  return (
    <article className={classes.message} data-continues={continues || undefined}>
      <div className={classes.side}>{!continues && <PersonAvatar person={message.author} size={34} />}</div>
      <div className={classes.main}>
        {!continues && (
          <header className={classes.author}>
            <strong>{message.author.name}</strong>
            <span className={classes.quiet}>{message.author.profession}</span>
            <time className={classes.quiet} dateTime={message.at} title={dayAndHour(message.at)}>
              {hour(message.at)}
            </time>
          </header>
        )}
        <p className={classes.body}>{message.body}</p>
        {message.tasks.map((task) => (
          <TaskLink key={task.id} task={task} />
        ))}
        {withReceipts && <Receipts message={message} members={members} />}
      </div>
      {mayMakeTask && (
        <div className={classes.acts}>
          <Tooltip label={t("makeTask")}>
            <ActionIcon size={32} aria-label={t("makeTask")} onClick={() => onMakeTask(message)}>
              <IconChecklist size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </article>
  );
}

const STATES = ["open", "claimed", "waiting", "done", "cancelled"] as const;

function TaskLink({ task }: { task: LinkedTask }) {
  const { t } = useTranslation("messages");
  const state = STATES.find((known) => known === task.status) ?? "open";
  return (
    <Link to="/taches" search={{ tache: task.id }} className={classes.task} data-state={state}>
      <IconChecklist aria-hidden size={15} stroke={1.8} />
      <span className={classes.taskTitle}>{task.title || t("task.untitled")}</span>
      <span className={classes.quiet}>{t(`task.${state}`)}</span>
    </Link>
  );
}
