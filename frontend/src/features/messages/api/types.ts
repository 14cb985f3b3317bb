import type { Heads, PatientRef, PersonRef } from "@/api/types";

export interface LinkedTask {
  id: string;
  title: string;
  status: string;
}

export interface Message {
  id: string;
  conversation: string;
  /** Its place in the conversation, from 1, without gaps. */
  ordinal: number;
  author: PersonRef;
  body: string;
  at: string;
  tasks: LinkedTask[];
}

export interface LastMessage {
  author: PersonRef;
  excerpt: string;
  at: string;
  ordinal: number;
}

export interface Conversation {
  id: string;
  kind: "direct" | "team" | "patient";
  title: string;
  patient: PatientRef | null;
  team: { id: string; name: string } | null;
  people: PersonRef[] | null;
  last: LastMessage | null;
  last_ordinal: number;
  read_ordinal: number;
  unread: number;
}

export interface Member extends PersonRef {
  read_ordinal: number;
}

export interface ConversationDetail extends Conversation {
  members: Member[];
  heads: Heads;
}

export interface MessagePage {
  /** In order. */
  items: Message[];
  heads: Heads;
  /** Whether this page begins with the conversation's first message. */
  first: boolean;
}
