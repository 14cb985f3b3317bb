import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface FormActsProps {
  failure: string;
  busy: boolean;
  submit: string;
  onClose: () => void;
}

/** The foot of a form: what was refused, the way back, the way on. */
export function FormActs({ failure, busy, submit, onClose }: FormActsProps) {
  const { t } = useTranslation();
  return (
    <>
      {failure && (
        <Text role="alert" c="var(--urgent)">
          {failure}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("act.cancel")}
        </Button>
        <Button type="submit" loading={busy}>
          {submit}
        </Button>
      </Group>
    </>
  );
}
