import { useEffect } from "react";

import { notePrinting } from "@/features/audit/api/notePrinting";

/** Whatever is printed, by a button or by the browser, is in the access log. */
export function usePrintNote(): void {
  useEffect(() => {
    const note = () => notePrinting(location.pathname);
    addEventListener("beforeprint", note);
    return () => removeEventListener("beforeprint", note);
  }, []);
}
