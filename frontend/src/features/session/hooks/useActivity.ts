import { useEffect } from "react";

import { api, ok } from "@/api/client";

const EVERY_MS = 60_000;
const ACTS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** Calls `tell` when somebody acts, at most once in so long. */
export function watchActivity(tell: () => void, every: number = EVERY_MS, now: () => number = Date.now): () => void {
  let told = now();
  const act = () => {
    if (now() - told < every) return;
    told = now();
    tell();
  };
  for (const kind of ACTS) window.addEventListener(kind, act, { passive: true, capture: true });
  return () => {
    for (const kind of ACTS) window.removeEventListener(kind, act, { capture: true });
  };
}

/** While somebody is signed in and acts, the server knows it; what only happens on the screen keeps no session open. */
export function useActivity(person: string | undefined): void {
  useEffect(() => (person ? watchActivity(() => void ok(api.POST("/api/session/seen")).catch(() => undefined)) : undefined), [person]);
}
