import { useTranslation } from "react-i18next";

import type { Message, Reader } from "@/features/messages/api/types";
import { MessageRow } from "@/features/messages/components/MessageRow";
import { OutgoingRow } from "@/features/messages/components/OutgoingRow";
import type { Row } from "@/features/messages/rows";
import { longDay } from "@/i18n/when";
import classes from "./ThreadRow.module.css";

interface ThreadRowProps {
  row: Row;
  members: Reader[];
  withReceipts: boolean;
  onMakeTask: (message: Message) => void;
}

export function ThreadRow({ row, members, withReceipts, onMakeTask }: ThreadRowProps) {
  const { t } = useTranslation("messages");
  switch (row.kind) {
    case "day":
      return <h2 className={classes.day}>{longDay(row.day)}</h2>;
    case "new":
      return <p className={classes.new}>{t("newFrom")}</p>;
    case "outgoing":
      return <OutgoingRow outgoing={row.outgoing} continues={row.continues} />;
    case "message":
      return <MessageRow message={row.message} continues={row.continues} members={members} withReceipts={withReceipts} onMakeTask={onMakeTask} />;
  }
}
