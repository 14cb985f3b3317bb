import { useCallback, type KeyboardEvent } from "react";

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** Arrow keys (and j/k) move the focus between the elements marked `data-line` in the element that gets this handler. */
export function useArrowKeys() {
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    const target = event.target as HTMLElement;
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || target.closest("input, textarea, [contenteditable]")) return;
    const lines = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-line]")];
    const here = lines.findIndex((line) => line.contains(document.activeElement));
    const next = lines[Math.min(Math.max(here + step, 0), lines.length - 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }, []);
}
