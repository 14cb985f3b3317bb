import { api } from "@/api/client";
import { printed } from "@/features/audit/printed";

/** Tells that a page is being printed; printing never waits for it. */
export function notePrinting(path: string): void {
  api.POST("/api/prints", { body: printed(path), keepalive: true }).catch(() => undefined);
}
