import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useMe } from "@/features/session/hooks/useSession";
import { hour } from "@/i18n/when";
import { outbox } from "@/realtime/messagesOut";
import type { Outgoing } from "@/realtime/outbox";
import { useOnline } from "@/realtime/useConnection";
import { PersonAvatar, useLate } from "@/ui";
import message from "./MessageRow.module.css";
import classes from "./OutgoingRow.module.css";

interface OutgoingRowProps {
  outgoing: Outgoing;
  continues: boolean;
}

/** A message on its way: it is already in its place, and says so when it is slow, waits, or was refused. */
export function OutgoingRow({ outgoing, continues }: OutgoingRowProps) {
  const me = useMe();
  return (
    <article className={message.message} data-continues={continues || undefined}>
      <div className={message.side}>{!continues && <PersonAvatar person={me} size={34} />}</div>
      <div className={message.main}>
        {!continues && (
          <header className={message.author}>
            <strong>{me.name}</strong>
            <span className={message.quiet}>{me.profession}</span>
            <time className={message.quiet}>{hour(outgoing.at)}</time>
          </header>
        )}
        <p className={`${message.body ?? ""} ${classes.body ?? ""}`} data-state={outgoing.state}>
          {outgoing.body}
        </p>
        <State outgoing={outgoing} />
      </div>
    </article>
  );
}

function State({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useTranslation("messages");
  const { t: common } = useTranslation();
  const slow = useLate(800);
  const online = useOnline();
  if (outgoing.state === "sending" && online) return <span className={message.quiet}>{slow ? t("sending") : "\u00a0"}</span>;
  if (outgoing.state === "waiting" || outgoing.state === "sending") return <span className={message.quiet}>{t("waiting")}</span>;
  if (outgoing.state !== "failed") return null;
  return (
    <div role="alert" className={classes.failed}>
      <IconAlertTriangle aria-hidden size={15} stroke={1.8} />
      <span>{outgoing.reason ? t("failed", { reason: outgoing.reason }) : t("failedPlain")}</span>
      <Button size="compact-xs" variant="light" onClick={() => outbox.again(outgoing.id)}>
        {common("act.retry")}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => outbox.discard(outgoing.id)}>
        {t("discard")}
      </Button>
    </div>
  );
}
