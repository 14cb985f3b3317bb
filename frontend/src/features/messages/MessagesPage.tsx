import { IconMessage } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ConversationList } from "@/features/messages/components/ConversationList";
import { ConversationPane } from "@/features/messages/components/ConversationPane";
import { EmptyState, Panes } from "@/ui";

/** The conversations, and the one that is open. */
export function MessagesPage() {
  const { t } = useTranslation("messages");
  const { id } = useParams({ from: "/messages/{-$id}" });
  return (
    <Panes label={t("list")} chosen={id !== undefined} list={<ConversationList chosen={id} />}>
      {id ? (
        <ConversationPane key={id} id={id} />
      ) : (
        <EmptyState icon={<IconMessage aria-hidden size={24} stroke={1.4} color="var(--ink-quiet)" />}>{t("empty.pick")}</EmptyState>
      )}
    </Panes>
  );
}
