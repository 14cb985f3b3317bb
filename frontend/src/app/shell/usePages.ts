import { PAGES } from "@/app/shell/pages";
import { useParts } from "@/features/administration/hooks/useParts";

/** The pages that hold something for this person: the administration only when a right opens a part of it. */
export function usePages(): readonly (typeof PAGES)[number][] {
  const administers = useParts().length > 0;
  return PAGES.filter(({ name }) => name !== "administration" || administers);
}
