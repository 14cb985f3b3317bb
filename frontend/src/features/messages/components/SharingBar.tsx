import { Button, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconShieldCheck, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ConversationDetail } from "@/features/messages/api/types";
import { ParticipantsDialog } from "@/features/messages/components/ParticipantsDialog";
import { useBasisWords } from "@/features/patients/hooks/useBasisWords";
import classes from "./SharingBar.module.css";

/** On what basis a conversation about a patient is shared, and with whom. */
export function SharingBar({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation("messages");
  const [opened, dialog] = useDisclosure(false);
  if (!conversation.patient || !conversation.basis || !conversation.circle) return null;
  return (
    <div className={classes.bar}>
      <Basis basis={conversation.basis} />
      <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconUsers aria-hidden size={15} stroke={1.7} />} onClick={dialog.open}>
        {t("participants.count", { count: conversation.members.length })}
      </Button>
      <ParticipantsDialog opened={opened} onClose={dialog.close} conversation={conversation} />
    </div>
  );
}

function Basis({ basis }: { basis: NonNullable<ConversationDetail["basis"]> }) {
  const { t } = useTranslation("patients");
  const words = useBasisWords(basis);
  const chip = (
    <span className={classes.chip}>
      <IconShieldCheck aria-hidden size={15} stroke={1.7} />
      {t(`basis.${basis.kind}`)}
    </span>
  );
  return words ? <Tooltip label={words}>{chip}</Tooltip> : chip;
}
