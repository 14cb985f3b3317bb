import { Modal, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { openDirect } from "@/features/messages/api/openDirect";
import { peopleQuery } from "@/features/session/api/people";
import { useMe } from "@/features/session/hooks/useSession";
import { useSentence } from "@/ui";

interface NewConversationProps {
  opened: boolean;
  onClose: () => void;
}

/** Chooses a colleague and opens the conversation with them. */
export function NewConversation({ opened, onClose }: NewConversationProps) {
  const { t } = useTranslation("messages");
  const me = useMe();
  const navigate = useNavigate();
  const sentence = useSentence();
  const people = useQuery({ ...peopleQuery, enabled: opened });
  const opening = useMutation({
    mutationFn: openDirect,
    onSuccess: ({ id }) => {
      onClose();
      void navigate({ to: "/messages/{-$id}", params: { id } });
    },
  });
  const others = (people.data?.items ?? []).filter((person) => person.id !== me.id);
  return (
    <Modal opened={opened} onClose={onClose} title={t("new")}>
      <Select
        data-autofocus
        searchable
        label={t("newTo")}
        data={others.map(({ id, name, profession }) => ({ value: id, label: `${name} · ${profession}` }))}
        value={null}
        disabled={opening.isPending}
        error={opening.error ? sentence(opening.error) : undefined}
        onChange={(person) => person && opening.mutate(person)}
      />
    </Modal>
  );
}
