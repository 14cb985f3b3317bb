import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { institutionQuery, synchronise, type Report } from "@/features/administration/api/institution";
import { useSentence } from "@/ui";

interface How {
  dry_run: boolean;
  force: boolean;
}

/** Runs a rehearsal or the real thing, and keeps its report on the page. */
export function useSynchronising() {
  const client = useQueryClient();
  const sentence = useSentence();
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState<"rehearsal" | "real" | null>(null);
  const run = async (how: How) => {
    setBusy(how.dry_run ? "rehearsal" : "real");
    setFailure("");
    try {
      setReport(await synchronise(how));
    } catch (error) {
      setReport(null);
      setFailure(sentence(error));
    } finally {
      setBusy(null);
      await Promise.all([institutionQuery.queryKey, ["people"], ["teams"], ["roles"]].map((queryKey) => client.invalidateQueries({ queryKey })));
    }
  };
  return { report, failure, busy, run };
}
