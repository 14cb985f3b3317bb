import type { ErrorComponentProps } from "@tanstack/react-router";

import { ErrorState } from "@/ui/ErrorState";

/** A page that failed; a chunk that could not be fetched (a new version, no network) is fetched anew by reloading. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const chunkIsMissing = error instanceof Error && /dynamically imported module|Importing a module/i.test(error.message);
  return <ErrorState error={error} onRetry={chunkIsMissing ? () => location.reload() : reset} />;
}
