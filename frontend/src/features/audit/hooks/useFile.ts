import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { sayFailed, useSentence } from "@/ui";

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** Fetches a file and hands it to the browser; a refusal is said in words. */
export function useFile(fetchFile: () => Promise<Blob>, name: string) {
  const { t } = useTranslation("audit");
  const sentence = useSentence();
  return useMutation({
    mutationFn: fetchFile,
    onSuccess: (content) => save(content, name),
    onError: (error) => sayFailed({ message: `${t("file.failed")} ${sentence(error)}` }),
  });
}
