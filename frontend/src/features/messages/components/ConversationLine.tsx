import { VisuallyHidden } from "@mantine/core";
import { IconUser, IconUsersGroup } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Conversation } from "@/features/messages/api/types";
import { titleOf } from "@/features/messages/titles";
import { useMe } from "@/features/session/hooks/useSession";
import { day, hour, isoDay, today } from "@/i18n/when";
import { PersonAvatar } from "@/ui";
import classes from "./ConversationLine.module.css";

interface ConversationLineProps {
  conversation: Conversation;
  chosen: boolean;
}

/** One conversation: about whom, the last words, when, and how many are unread. */
export function ConversationLine({ conversation, chosen }: ConversationLineProps) {
  const { t } = useTranslation("messages");
  const { last, unread } = conversation;
  return (
    <li>
      <Link
        data-line
        to="/messages/{-$id}"
        params={{ id: conversation.id }}
        className={classes.line}
        data-unread={unread > 0 || undefined}
        aria-current={chosen ? "page" : undefined}
      >
        <Sign conversation={conversation} />
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.title}>{titleOf(conversation)}</span>
            {last && <time className={classes.when}>{isoDay(last.at) === today() ? hour(last.at) : day(last.at)}</time>}
          </span>
          <span className={classes.top}>
            <Excerpt conversation={conversation} />
            {unread > 0 && (
              <span className={classes.unread}>
                <span aria-hidden>{unread}</span>
                <VisuallyHidden>{t("unread", { count: unread })}</VisuallyHidden>
              </span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}

function Sign({ conversation }: { conversation: Conversation }) {
  if (conversation.kind === "direct") return <PersonAvatar person={conversation.people?.[0] ?? null} size={34} />;
  const Icon = conversation.kind === "team" ? IconUsersGroup : IconUser;
  return (
    <span className={classes.sign} aria-hidden data-kind={conversation.kind}>
      <Icon size={18} stroke={1.7} />
    </span>
  );
}

function Excerpt({ conversation: { last, kind } }: { conversation: Conversation }) {
  const { t } = useTranslation("messages");
  const me = useMe();
  if (!last) return <span className={classes.excerpt}>{t("empty.thread")}</span>;
  const mine = last.author.id === me.id;
  const author = mine ? t("you") : last.author.short;
  return (
    <span className={classes.excerpt}>
      {(kind !== "direct" || mine) && `${author} : `}
      {last.excerpt}
    </span>
  );
}
