import { useDisclosure, useHotkeys, type HotkeyItem } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";

import { openPalette } from "@/app/palette/open";
import { usePages } from "@/app/shell/usePages";

/** The keys that work on every page. */
export function useShortcuts() {
  const [helpOpened, help] = useDisclosure(false);
  const navigate = useNavigate();
  const pages = usePages().map((page, index): HotkeyItem => [
    `alt+${index + 1}`,
    () => void navigate({ to: page.to, params: { id: undefined }, search: {} }),
  ]);
  useHotkeys([
    ["shift+?", help.open],
    ["?", help.open],
    ["/", focusSearch],
    ...pages,
  ]);
  useHotkeys([["mod+K", openPalette]], []);
  return { helpOpened, closeHelp: help.close };
}

function focusSearch(): void {
  document.querySelector<HTMLElement>("#page [data-search] input, #page input[data-search], #page input[type=search]")?.focus();
}
