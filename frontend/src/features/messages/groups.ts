import type { Conversation } from "@/features/messages/api/types";
import { fold } from "@/ui/fold";
import { titleOf } from "@/features/messages/titles";

export type GroupName = "unread" | "patient" | "team" | "direct";

export interface Group {
  name: GroupName;
  items: Conversation[];
}

const ORDER: readonly GroupName[] = ["unread", "patient", "team", "direct"];

const latestFirst = (a: Conversation, b: Conversation) => (b.last?.at ?? "").localeCompare(a.last?.at ?? "");

/** What is unread first, then patients, teams and people; the latest first in each; empty groups are left out.
 * `kept` stays among the unread although it is being read: the line under the pointer does not run away. */
export function groupsOf(conversations: Conversation[], words = "", kept?: string): Group[] {
  const wanted = fold(words.trim());
  const shown = conversations.filter((one) => fold(titleOf(one)).includes(wanted)).sort(latestFirst);
  const groupOf = (one: Conversation) => (one.unread > 0 || one.id === kept ? "unread" : one.kind);
  return ORDER.map((name) => ({ name, items: shown.filter((one) => groupOf(one) === name) })).filter((group) => group.items.length > 0);
}
