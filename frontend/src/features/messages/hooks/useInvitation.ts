import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { conversationQuery } from "@/features/messages/api/conversation";
import { invite } from "@/features/messages/api/participants";
import type { ConversationDetail } from "@/features/messages/api/types";
import { useSharing } from "@/features/patients/hooks/useSharing";
import { endOfDay } from "@/i18n/when";
import { readAgain } from "@/realtime/readAgain";
import { sayDone } from "@/ui";

interface InvitationDraft {
  person: string | null;
  /** The last day, or null for as long as it takes. */
  until: string | null;
}

/** Somebody being let into a conversation about a patient; sent again with the same key when the answer was lost. */
export function useInvitation({ id, patient, circle }: ConversationDetail, onClose: () => void) {
  const { t } = useTranslation("messages");
  const client = useQueryClient();
  const key = useRef(newId());
  const [draft, setDraft] = useState<InvitationDraft>({ person: null, until: null });
  const whose = { id: patient?.id ?? "", circle: circle ?? "health" };
  const sharing = useSharing(whose);
  const set = (change: Partial<InvitationDraft>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };
  const choose = (person: string | null) => {
    sharing.forget();
    set({ person });
  };
  const setBasis: typeof sharing.set = (change) => {
    key.current = newId();
    sharing.set(change);
  };
  const send = async (person: string) => {
    const basis = await sharing.settle();
    const { participants } = await invite(id, { person, basis, until: draft.until && endOfDay(draft.until) }, key.current);
    void readAgain(client, { queryKey: conversationQuery(id).queryKey });
    sayDone(t("participants.invitedNow", { name: participants.find((one) => one.id === person)?.name ?? "" }));
    onClose();
  };
  const submit = () => {
    const { person } = draft;
    if (person) void sharing.send(() => send(person));
    else sharing.refuse({ person: t("participants.needed") });
  };
  return { draft, choose, setUntil: (until: string | null) => set({ until }), submit, sharing, setBasis, whose };
}
