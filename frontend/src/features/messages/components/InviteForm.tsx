import { Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ConversationDetail } from "@/features/messages/api/types";
import { useInvitation } from "@/features/messages/hooks/useInvitation";
import { consentsQuery } from "@/features/patients/api/sharing";
import { BasisFields } from "@/features/patients/components/BasisFields";
import { DialogForm } from "@/features/patients/components/DialogForm";
import { peopleQuery } from "@/features/session/api/people";
import { today } from "@/i18n/when";
import { DayField } from "@/ui/DayField";

interface InviteFormProps {
  conversation: ConversationDetail;
  onClose: () => void;
}

/** Lets somebody from outside the circle into this conversation alone, on a basis when one is needed. */
export function InviteForm({ conversation, onClose }: InviteFormProps) {
  const { t } = useTranslation("messages");
  const people = useQuery(peopleQuery).data?.items ?? [];
  const { draft, choose, setUntil, submit, sharing, setBasis, whose } = useInvitation(conversation, onClose);
  const consents = useQuery({ ...consentsQuery(whose), enabled: sharing.missing !== "" }).data?.items ?? [];
  const reads = new Set(conversation.members.map(({ id }) => id));
  const others = people.filter(({ id }) => !reads.has(id));
  return (
    <DialogForm onSubmit={submit} onClose={onClose} submit={t("participants.invite")} busy={sharing.busy} failure={sharing.failure}>
      <Select
        searchable
        label={t("participants.whom")}
        data={others.map(({ id, name, profession }) => ({ value: id, label: `${name} · ${profession}` }))}
        value={draft.person}
        error={sharing.faults.person}
        onChange={choose}
      />
      <DayField
        clearable
        label={t("participants.lastDay")}
        placeholder={t("participants.noEnd")}
        minDate={today()}
        value={draft.until}
        error={sharing.faults.until}
        onChange={setUntil}
      />
      {sharing.missing && <BasisFields reason={sharing.missing} draft={sharing.draft} consents={consents} faults={sharing.faults} onChange={setBasis} />}
      <Text size="sm" c="dimmed">
        {t("participants.willSee")}
      </Text>
    </DialogForm>
  );
}
