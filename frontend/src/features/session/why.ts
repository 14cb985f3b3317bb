import { useSyncExternalStore } from "react";

/** Why nobody is signed in at this screen, in the server's words, and `ended` for a session that stopped under somebody. */
export type Why =
  | "not_signed_in"
  | "second_factor_to_set_up"
  | "password_to_change"
  | "locked"
  | "access_ended"
  | "ended";

const KNOWN: readonly string[] = ["second_factor_to_set_up", "password_to_change", "locked", "access_ended", "ended"];

let why: Why = "not_signed_in";
const watchers = new Set<() => void>();

export const whyNow = (): Why => why;

export function setWhy(code: string): void {
  why = KNOWN.includes(code) ? (code as Why) : "not_signed_in";
  for (const tell of watchers) tell();
}

/** Whoever was at work is told that the session ended, unless the server gives a better reason. */
export const whyItEnded = (code: string): Why => (code === "not_signed_in" || !KNOWN.includes(code) ? "ended" : (code as Why));

function watch(act: () => void): () => void {
  watchers.add(act);
  return () => watchers.delete(act);
}

export const useWhy = (): Why => useSyncExternalStore(watch, whyNow);
