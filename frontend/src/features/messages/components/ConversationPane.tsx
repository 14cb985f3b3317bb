import { ActionIcon, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { conversationQuery } from "@/features/messages/api/conversation";
import type { ConversationDetail } from "@/features/messages/api/types";
import { SharingBar } from "@/features/messages/components/SharingBar";
import { Thread } from "@/features/messages/components/Thread";
import { titleOf } from "@/features/messages/titles";
import { ErrorState, PatientBanner, SkeletonRows } from "@/ui";
import classes from "./ConversationPane.module.css";

/** An open conversation: whom it is about, its thread, and the composer. */
export function ConversationPane({ id }: { id: string }) {
  const conversation = useQuery(conversationQuery(id));
  if (conversation.isPending) return <SkeletonRows avatars />;
  if (conversation.isError) return <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />;
  return (
    <>
      <div className={classes.head}>
        <BackToList />
        <Heading conversation={conversation.data} />
      </div>
      <SharingBar conversation={conversation.data} />
      <Thread conversation={conversation.data} />
    </>
  );
}

function BackToList() {
  const { t } = useTranslation();
  return (
    <ActionIcon
      size={40}
      className={classes.back}
      aria-label={t("act.back")}
      renderRoot={(props) => <Link to="/messages/{-$id}" params={{ id: undefined }} {...props} />}
    >
      <IconArrowLeft size={20} stroke={1.7} />
    </ActionIcon>
  );
}

function Heading({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation("messages");
  if (conversation.patient) {
    return (
      <div className={classes.banner}>
        <PatientBanner linked patient={conversation.patient} />
      </div>
    );
  }
  const other = conversation.kind === "direct" ? conversation.people?.[0] : undefined;
  return (
    <header className={classes.title}>
      <Title order={1}>{titleOf(conversation)}</Title>
      <Text c="dimmed" size="xs">
        {other?.profession ?? t("members", { count: conversation.members.length })}
      </Text>
    </header>
  );
}
