import type { Schema } from "@/api/types";

export type LinkedTask = Schema<"LinkedTask">;
/** `ordinal` is its place in the conversation, from 1, without gaps. */
export type Message = Schema<"MessageOut">;
export type MessagePage = Schema<"MessagesOut">;
/** A line of the list. */
export type Conversation = Schema<"ConversationLine">;
export type ConversationList = Schema<"ConversationsOut">;
export type ConversationDetail = Schema<"ConversationOut">;
/** Somebody from outside the circle, on what basis and until when. */
export type Participant = ConversationDetail["participants"][number];
/** Somebody who can read the conversation, and how far they have. */
export type Reader = Schema<"ReaderOut">;
