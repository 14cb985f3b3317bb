import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface LeaveQuestionProps {
  opened: boolean;
  onStay?: () => void;
  onLeave?: () => void;
}

/** Asked when someone leaves the matrix with changes that are not saved. */
export function LeaveQuestion({ opened, onStay, onLeave }: LeaveQuestionProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={() => onStay?.()} title={t("roles.leaveTitle")}>
      <Text>{t("roles.leaveText")}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onStay}>
          {t("roles.stay")}
        </Button>
        <Button color="red" onClick={onLeave}>
          {t("roles.leave")}
        </Button>
      </Group>
    </Modal>
  );
}
