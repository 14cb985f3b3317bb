import { Button, Group, Modal, Text, type ButtonProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface AskFirstProps extends Pick<ButtonProps, "size" | "variant" | "leftSection"> {
  /** What the button says, and the one that confirms. */
  act: string;
  label?: string;
  question: string;
  consequence: ReactNode;
  severe?: boolean;
  onYes: () => void;
}

/** A button that says what it will lead to before it does it. */
export function AskFirst({ act, label, question, consequence, severe = false, onYes, ...button }: AskFirstProps) {
  const { t } = useTranslation();
  const [asking, dialog] = useDisclosure(false);
  const yes = () => {
    dialog.close();
    onYes();
  };
  return (
    <>
      <Button variant="default" flex="none" {...button} color={severe ? "red" : undefined} aria-label={label} onClick={dialog.open}>
        {act}
      </Button>
      <Modal opened={asking} onClose={dialog.close} title={question}>
        <Text>{consequence}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={dialog.close}>
            {t("act.cancel")}
          </Button>
          <Button color={severe ? "red" : undefined} onClick={yes}>
            {act}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
