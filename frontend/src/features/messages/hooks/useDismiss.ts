import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { conversationQuery } from "@/features/messages/api/conversation";
import { dismiss } from "@/features/messages/api/participants";
import type { ConversationDetail, Participant } from "@/features/messages/api/types";
import { readAgain } from "@/realtime/readAgain";
import { sayDone, sayFailed, useSentence } from "@/ui";

/** Ends somebody's part in a conversation: they read no more of it. */
export function useDismiss({ id }: ConversationDetail) {
  const { t } = useTranslation("messages");
  const client = useQueryClient();
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const end = async ({ id: person, name }: Participant) => {
    setBusy(true);
    try {
      await dismiss(id, person);
      sayDone(t("participants.ended", { name }));
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
    setBusy(false);
    void readAgain(client, { queryKey: conversationQuery(id).queryKey });
  };
  return { busy, end };
}
