import type { Message } from "@/features/messages/api/types";
import { isoDay } from "@/i18n/when";
import type { Outgoing } from "@/realtime/outbox";

export type Row =
  | { kind: "day"; key: string; day: string }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; message: Message; continues: boolean }
  | { kind: "outgoing"; key: string; outgoing: Outgoing; continues: boolean };

const TOGETHER_MS = 5 * 60_000;

const continues = (message: Message, before: Message | undefined): boolean =>
  before?.author.id === message.author.id && Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS;

interface Shown {
  messages: Message[];
  outgoing: Outgoing[];
  /** The last message that had been read when the thread was opened. */
  readUpTo: number;
  me: string;
}

/** The lines of a thread: days, where the unread began, messages, and those on their way. */
export function rowsOf({ messages, outgoing, readUpTo, me }: Shown): Row[] {
  const rows: Row[] = [];
  let before: Message | undefined;
  let marked = readUpTo >= (messages.at(-1)?.ordinal ?? 0);
  for (const message of messages) {
    const day = isoDay(message.at);
    const newDay = !before || isoDay(before.at) !== day;
    if (newDay) rows.push({ kind: "day", key: `day-${day}`, day });
    const firstNew = !marked && message.ordinal > readUpTo && message.author.id !== me;
    if (firstNew) {
      rows.push({ kind: "new", key: "new" });
      marked = true;
    }
    rows.push({ kind: "message", key: message.id, message, continues: !newDay && !firstNew && continues(message, before) });
    before = message;
  }
  const arrived = new Set(messages.map((message) => message.id));
  const leaving = outgoing.filter((item) => !arrived.has(item.id));
  leaving.forEach((item, index) => {
    const after = index > 0 || before?.author.id === me;
    rows.push({ kind: "outgoing", key: item.id, outgoing: item, continues: after });
  });
  return rows;
}
