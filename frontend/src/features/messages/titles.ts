import type { Conversation } from "@/features/messages/api/types";

/** What a conversation is called: its patient, its team, or the people in it. */
export function titleOf({ title, patient, team, people }: Pick<Conversation, "title" | "patient" | "team" | "people">): string {
  return patient?.name ?? team?.name ?? (title || (people ?? []).map((person) => person.name).join(", "));
}
