import { Button, Modal, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ConversationDetail, Participant, Reader } from "@/features/messages/api/types";
import { InviteForm } from "@/features/messages/components/InviteForm";
import { useDismiss } from "@/features/messages/hooks/useDismiss";
import { useBasisWords } from "@/features/patients/hooks/useBasisWords";
import { useMay, useMe } from "@/features/session/hooks/useSession";
import { lastDay } from "@/i18n/when";
import { PersonAvatar } from "@/ui";
import classes from "./SharingBar.module.css";

interface ParticipantsDialogProps {
  opened: boolean;
  onClose: () => void;
  conversation: ConversationDetail;
}

/** Who reads a conversation about a patient: the circle, and those invited into this conversation alone. */
export function ParticipantsDialog({ opened, onClose, conversation }: ParticipantsDialogProps) {
  const { t } = useTranslation("messages");
  return (
    <Modal opened={opened} onClose={onClose} title={t("participants.title", { name: conversation.patient?.name })}>
      <Participants conversation={conversation} />
    </Modal>
  );
}

function Participants({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useTranslation("messages");
  const { t: ofPatients } = useTranslation("patients");
  const me = useMe();
  const basis = useBasisWords(conversation.basis);
  const isInvited = conversation.participants.some(({ id }) => id === me.id);
  const mayInvite = useMay("patient.edit") && !isInvited;
  const [inviting, form] = useDisclosure(false);
  const invited = new Set(conversation.participants.map(({ id }) => id));
  return (
    <Stack gap="md">
      {basis && <Text>{basis}</Text>}
      <Group title={ofPatients(`circle.named.${conversation.circle ?? "health"}`)}>
        {conversation.members
          .filter(({ id }) => !invited.has(id))
          .map((member) => (
            <Member key={member.id} member={member} />
          ))}
      </Group>
      {conversation.participants.length > 0 && (
        <Group title={t("participants.invited")}>
          {conversation.participants.map((participant) => (
            <Invited key={participant.id} participant={participant} conversation={conversation} mayEnd={mayInvite || participant.id === me.id} />
          ))}
        </Group>
      )}
      {inviting && <InviteForm conversation={conversation} onClose={form.close} />}
      {mayInvite && !inviting && (
        <div>
          <Button variant="light" leftSection={<IconUserPlus aria-hidden size={17} stroke={1.7} />} onClick={form.open}>
            {t("participants.invite")}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3}>{title}</Title>
      <ul className={classes.list}>{children}</ul>
    </section>
  );
}

function Member({ member }: { member: Reader }) {
  return (
    <li className={classes.line}>
      <PersonAvatar person={member} size={30} />
      <div className={classes.who}>
        <Text>{member.name}</Text>
        <Text size="xs" c="dimmed">
          {member.profession}
        </Text>
      </div>
    </li>
  );
}

interface InvitedProps {
  participant: Participant;
  conversation: ConversationDetail;
  mayEnd: boolean;
}

function Invited({ participant, conversation, mayEnd }: InvitedProps) {
  const { t } = useTranslation("messages");
  const { t: ofPatients } = useTranslation("patients");
  const basis = useBasisWords(participant.basis) || ofPatients("basis.same_team");
  const { busy, end } = useDismiss(conversation);
  const until = participant.until && t("participants.until", { day: lastDay(participant.until) });
  const added = participant.added_by && ofPatients("circle.addedBy", { who: participant.added_by.name });
  return (
    <li className={classes.line}>
      <PersonAvatar person={participant} size={30} />
      <div className={classes.who}>
        <Text>{participant.name}</Text>
        <Text size="xs" c="dimmed">
          {[participant.profession, until, added].filter(Boolean).join(" · ")}
        </Text>
        <Text size="xs">{basis}</Text>
      </div>
      {mayEnd && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={busy}
          aria-label={t("participants.endOf", { name: participant.name })}
          onClick={() => void end(participant)}
        >
          {t("participants.end")}
        </Button>
      )}
    </li>
  );
}
