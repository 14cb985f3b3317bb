import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface QuestionProps {
  opened: boolean;
  title: string;
  /** What cannot be taken back. */
  consequence: string;
  act: string;
  onAct: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone, and names its consequence. */
export function Question({ opened, title, consequence, act, onAct, onClose }: QuestionProps) {
  const { t } = useTranslation();
  const go = () => {
    onClose();
    onAct();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Text>{consequence}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t("act.cancel")}
        </Button>
        <Button color="red" onClick={go}>
          {act}
        </Button>
      </Group>
    </Modal>
  );
}
