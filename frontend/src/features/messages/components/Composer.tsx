import { ActionIcon, Textarea, Tooltip } from "@mantine/core";
import { IconSend2, IconWifiOff } from "@tabler/icons-react";
import { useRef, type KeyboardEvent, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import type { ConversationDetail } from "@/features/messages/api/types";
import { tellTyping, useTyping } from "@/features/messages/hooks/useTyping";
import { useDraft } from "@/features/messages/hooks/useDraft";
import { useMe } from "@/features/session/hooks/useSession";
import { outbox } from "@/realtime/messagesOut";
import { useOnline } from "@/realtime/useConnection";
import classes from "./Composer.module.css";

const LONGEST = 20_000;

/** Where one writes; it says again about whom. Enter sends, Shift+Enter starts a line. */
export function Composer({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation("messages");
  const [body, setBody] = useDraft(conversation.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const about = useRecipient(conversation);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!body.trim()) return;
    outbox.post(conversation.id, body.trim());
    setBody("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };
  return (
    <form className={classes.composer} onSubmit={send}>
      <Notices conversation={conversation} />
      <div className={classes.field}>
        <Textarea
          ref={field}
          className={classes.text}
          aria-label={t("body")}
          description={about}
          inputWrapperOrder={["description", "input"]}
          placeholder={t("body")}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={LONGEST}
          value={body}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setBody(event.currentTarget.value);
            tellTyping(conversation.id);
          }}
        />
        <Tooltip label={t("send")}>
          <ActionIcon type="submit" size={38} variant="filled" color="teal" aria-label={t("send")} disabled={!body.trim()}>
            <IconSend2 size={19} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </div>
    </form>
  );
}

function useRecipient({ kind, patient, team, people }: ConversationDetail): string {
  const { t } = useTranslation("messages");
  if (patient) return t("aboutPatient", { name: patient.name });
  if (kind === "team") return t("toTeam", { name: team?.name ?? "" });
  return t("toPerson", { name: people?.[0]?.name ?? "" });
}

/** Who is writing, and whether what one writes must wait. */
function Notices({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation("messages");
  const me = useMe();
  const online = useOnline();
  const typing = useTyping(conversation.id, me.id);
  const names = conversation.members.filter((member) => typing.includes(member.id)).map((member) => member.short);
  if (!online) {
    return (
      <p className={classes.offline} role="status">
        <IconWifiOff aria-hidden size={15} stroke={1.8} />
        {t("offline")}
      </p>
    );
  }
  if (names.length === 0) return null;
  return <p className={classes.typing}>{t("typing", { names: names.join(", "), count: names.length })}</p>;
}
