import { ActionIcon, TextInput, Title, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencilPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { conversationsQuery } from "@/features/messages/api/conversations";
import type { Conversation } from "@/features/messages/api/types";
import { ConversationLine } from "@/features/messages/components/ConversationLine";
import { NewConversation } from "@/features/messages/components/NewConversation";
import { groupsOf } from "@/features/messages/groups";
import { EmptyState, ErrorState, SkeletonRows, useArrowKeys } from "@/ui";
import classes from "./ConversationList.module.css";

/** Every conversation, unread first, then by what they are about. */
export function ConversationList({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation("messages");
  const [words, setWords] = useState("");
  const [writing, dialog] = useDisclosure(false);
  const conversations = useQuery(conversationsQuery);
  return (
    <>
      <header className={classes.head}>
        <div className={classes.title}>
          <Title order={1}>{t("title")}</Title>
          <Tooltip label={t("new")}>
            <ActionIcon size={36} aria-label={t("new")} onClick={dialog.open}>
              <IconPencilPlus size={20} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </div>
        <TextInput
          data-search
          size="sm"
          aria-label={t("find")}
          placeholder={t("find")}
          value={words}
          leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </header>
      {conversations.isPending && <SkeletonRows avatars rows={8} />}
      {conversations.isError && <ErrorState error={conversations.error} onRetry={() => void conversations.refetch()} />}
      {conversations.data && <Groups items={conversations.data.items} words={words} chosen={chosen} onClear={() => setWords("")} onNew={dialog.open} />}
      <NewConversation opened={writing} onClose={dialog.close} />
    </>
  );
}

interface GroupsProps {
  items: Conversation[];
  words: string;
  chosen: string | undefined;
  onClear: () => void;
  onNew: () => void;
}

function Groups({ items, words, chosen, onClear, onNew }: GroupsProps) {
  const { t } = useTranslation("messages");
  const onKeyDown = useArrowKeys();
  const kept = useOpenedUnread(items, chosen);
  const groups = groupsOf(items, words, kept);
  if (items.length === 0) return <EmptyState action={{ label: t("new"), onClick: onNew }}>{t("empty.list")}</EmptyState>;
  if (groups.length === 0) return <EmptyState action={{ label: t("empty.clear"), onClick: onClear }}>{t("empty.found")}</EmptyState>;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys move the focus between the links inside
    <div className={classes.groups} onKeyDown={onKeyDown}>
      {groups.map((group) => (
        <section key={group.name} aria-labelledby={`group-${group.name}`}>
          <Title order={2} id={`group-${group.name}`} className={classes.group}>
            {t(`group.${group.name}`)}
          </Title>
          <ul className={classes.lines}>
            {group.items.map((conversation) => (
              <ConversationLine key={conversation.id} conversation={conversation} chosen={conversation.id === chosen} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The conversation that is open, if it had something unread when it was opened. */
function useOpenedUnread(items: Conversation[], chosen: string | undefined): string | undefined {
  const wasUnread = items.some((conversation) => conversation.id === chosen && conversation.unread > 0);
  const [opened, setOpened] = useState({ chosen, wasUnread });
  if (opened.chosen !== chosen) setOpened({ chosen, wasUnread });
  return opened.wasUnread ? opened.chosen : undefined;
}
