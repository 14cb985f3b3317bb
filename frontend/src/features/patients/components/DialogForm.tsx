import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode, SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

interface DialogFormProps {
  onSubmit: () => void;
  onClose: () => void;
  submit: string;
  busy: boolean;
  failure: string;
  /** What is done takes something away from somebody. */
  severe?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

/** The fields of a dialog, the reason when it was refused, and its two ways out. */
export function DialogForm({ onSubmit, onClose, submit, busy, failure, severe = false, disabled = false, children }: DialogFormProps) {
  const { t } = useTranslation();
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {children}
        {failure && (
          <Text role="alert" c="var(--urgent)">
            {failure}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("act.cancel")}
          </Button>
          <Button type="submit" color={severe ? "red" : undefined} disabled={disabled} loading={busy}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
