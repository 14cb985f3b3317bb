import { Popover, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Message, Reader } from "@/features/messages/api/types";
import { receiptsOf } from "@/features/messages/receipts";
import classes from "./Receipts.module.css";

interface ReceiptsProps {
  message: Message;
  members: Reader[];
}

const NAMED = 2;

/** "Lu par 4 · pas par Dr Roux": quiet, and the full list one click away. */
export function Receipts({ message, members }: ReceiptsProps) {
  const { t } = useTranslation("messages");
  const receipts = receiptsOf(message, members);
  const sentence = useReceiptSentence(receipts.read, receipts.unread);
  if (receipts.read.length + receipts.unread.length === 0) return null;
  return (
    <Popover position="bottom-start" withinPortal shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.receipts} aria-haspopup="dialog" title={t("receipts.title")}>
          {sentence}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("receipts.title")}>
        <Stack gap="sm" miw={180} mah={320} className={classes.lists} tabIndex={0}>
          <People title={t("receipts.unread")} people={receipts.unread} none={t("receipts.everyone")} hidden={receipts.unread.length === 0} />
          <People title={t("receipts.read")} people={receipts.read} none={t("receipts.nobody")} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function useReceiptSentence(read: Reader[], unread: Reader[]): string {
  const { t } = useTranslation("messages");
  if (read.length === 0) return t("receipts.readByNone");
  if (unread.length === 0) return read.length === 1 ? t("receipts.readByOne") : t("receipts.readByAll");
  const names = unread
    .slice(0, NAMED)
    .map((member) => member.short)
    .join(", ");
  const others = unread.length - NAMED;
  const notBy = others > 0 ? t("receipts.notByMore", { names, count: others }) : t("receipts.notBy", { names });
  return `${t("receipts.readBy", { read: read.length })} · ${notBy}`;
}

interface PeopleProps {
  title: string;
  people: Reader[];
  none: string;
  hidden?: boolean;
}

function People({ title, people, none, hidden = false }: PeopleProps) {
  if (hidden) return null;
  return (
    <div>
      <Text size="xs" c="dimmed" fw={550}>
        {title}
      </Text>
      {people.length === 0 && <Text>{none}</Text>}
      {people.map((person) => (
        <Text key={person.id}>
          {person.name}{" "}
          <Text span size="xs" c="dimmed">
            {person.profession}
          </Text>
        </Text>
      ))}
    </div>
  );
}
