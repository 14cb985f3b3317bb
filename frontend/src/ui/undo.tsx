import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle } from "@tabler/icons-react";

const UNDO_MS = 8_000;

interface Undoable {
  message: string;
  label: string;
  undo: () => void;
}

/** Says what was done and lets it be taken back for 8 seconds. */
export function offerUndo({ message, label, undo }: Undoable): void {
  const id = `undo-${Date.now()}`;
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: UNDO_MS,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text>{message}</Text>
        <Button flex="none" size="compact-sm" variant="subtle" onClick={takeBack}>
          {label}
        </Button>
      </Group>
    ),
  });
}

export function sayDone(message: string): void {
  notifications.show({ message, autoClose: 4_000, withBorder: true });
}

interface Failure {
  message: string;
  retry?: { label: string; act: () => void };
}

/** An act that was shown as done came back: its reason, and the way to try again. It stays until it is closed. */
export function sayFailed({ message, retry }: Failure): void {
  const id = `failed-${Date.now()}`;
  const tryAgain = () => {
    notifications.hide(id);
    retry?.act();
  };
  notifications.show({
    id,
    role: "alert",
    color: "red",
    autoClose: retry ? false : 10_000,
    withBorder: true,
    icon: <IconAlertTriangle aria-hidden size={18} />,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text>{message}</Text>
        {retry && (
          <Button flex="none" size="compact-sm" variant="subtle" color="red" onClick={tryAgain}>
            {retry.label}
          </Button>
        )}
      </Group>
    ),
  });
}
