import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Conversation } from "@/features/messages/api/types";
import { titleOf } from "@/features/messages/titles";
import { recently } from "@/i18n/when";
import classes from "./Line.module.css";

/** A conversation with something unread: about whom, the last words, how many. */
export function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("messages");
  const { last, unread } = conversation;
  return (
    <li className={classes.line}>
      <div>
        <Link data-line to="/messages/{-$id}" params={{ id: conversation.id }} className={classes.title}>
          {titleOf(conversation)}
        </Link>
        {last && (
          <div className={classes.excerpt}>
            {last.author.short} : {last.excerpt}
          </div>
        )}
      </div>
      <div className={classes.side}>
        {last && <time dateTime={last.at}>{recently(last.at)}</time>}
        <span className={classes.unread}>
          <span aria-hidden>{unread}</span>
          <VisuallyHidden>{t("unread", { count: unread })}</VisuallyHidden>
        </span>
      </div>
    </li>
  );
}
