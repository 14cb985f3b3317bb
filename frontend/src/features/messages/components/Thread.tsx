import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { messagesOf, threadQuery } from "@/features/messages/api/thread";
import type { ConversationDetail, Message } from "@/features/messages/api/types";
import { Composer } from "@/features/messages/components/Composer";
import { MessageList } from "@/features/messages/components/MessageList";
import { rowsOf } from "@/features/messages/rows";
import { titleOf } from "@/features/messages/titles";
import { useMe, useMay } from "@/features/session/hooks/useSession";
import { CreateTaskDialog } from "@/features/tasks/components/CreateTaskDialog";
import { useOutgoing } from "@/realtime/messagesOut";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import classes from "./Thread.module.css";

/** The messages of a conversation and the place to write; used on the page of messages and on a patient's. */
export function Thread({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation("messages");
  const me = useMe();
  const mayPost = useMay("message.post");
  const thread = useInfiniteQuery(threadQuery(conversation.id));
  const outgoing = useOutgoing(conversation.id);
  const [readAtOpening] = useState(conversation.read_ordinal);
  const [source, setSource] = useState<Message | null>(null);
  const messages = thread.data ? messagesOf(thread.data) : [];
  const rows = rowsOf({ messages, outgoing, readUpTo: readAtOpening, me: me.id });
  return (
    <section className={classes.thread} aria-label={t("thread", { title: titleOf(conversation) })}>
      {thread.isPending && <SkeletonRows avatars />}
      {thread.isError && messages.length === 0 && <ErrorState error={thread.error} onRetry={() => void thread.refetch()} />}
      {thread.data && rows.length === 0 && <EmptyState>{t("empty.thread")}</EmptyState>}
      {rows.length > 0 && (
        <MessageList
          rows={rows}
          conversation={conversation}
          older={{ more: thread.hasNextPage, loading: thread.isFetchingNextPage, fetch: () => void thread.fetchNextPage() }}
          onMakeTask={setSource}
        />
      )}
      {mayPost ? <Composer conversation={conversation} /> : <p className={classes.note}>{t("mayNotPost")}</p>}
      {source && <TaskFromMessage message={source} conversation={conversation} onClose={() => setSource(null)} />}
    </section>
  );
}

const TITLE = 120;

/** The first line of a message, as a title. */
function firstLine(body: string): string {
  const line = body.trim().split("\n")[0] ?? "";
  return line.length <= TITLE ? line : `${line.slice(0, TITLE - 1).trimEnd()}…`;
}

interface TaskFromMessageProps {
  message: Message;
  conversation: ConversationDetail;
  onClose: () => void;
}

function TaskFromMessage({ message, conversation, onClose }: TaskFromMessageProps) {
  const title = firstLine(message.body);
  return (
    <CreateTaskDialog
      opened
      onClose={onClose}
      defaults={{
        title,
        note: message.body.trim() === title ? "" : message.body,
        patient: conversation.patient,
        origin: { kind: "message", id: message.id },
      }}
    />
  );
}
