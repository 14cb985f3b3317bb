import type { Message, Reader } from "@/features/messages/api/types";

export interface Receipts {
  read: Reader[];
  unread: Reader[];
}

/** Who, besides its author, has read a message and who has not. */
export function receiptsOf(message: Pick<Message, "ordinal" | "author">, members: Reader[]): Receipts {
  const others = members.filter((member) => member.id !== message.author.id);
  return {
    read: others.filter((member) => member.read_ordinal >= message.ordinal),
    unread: others.filter((member) => member.read_ordinal < message.ordinal),
  };
}
