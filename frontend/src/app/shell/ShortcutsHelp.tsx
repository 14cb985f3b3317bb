import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

const KEYS = [
  ["palette", ["Ctrl", "K"]],
  ["search", ["/"]],
  ["go", ["Alt", "1…8"]],
  ["lists", ["↓", "↑"]],
  ["openLine", ["Entrée"]],
  ["claim", ["P"]],
  ["send", ["Entrée"]],
  ["newLine", ["Maj", "Entrée"]],
  ["help", ["?"]],
] as const;

interface ShortcutsHelpProps {
  opened: boolean;
  onClose: () => void;
}

/** The list of keys, on `?`. */
export function ShortcutsHelp({ opened, onClose }: ShortcutsHelpProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("shortcuts.title")}>
      <Stack gap="xs">
        {KEYS.map(([name, keys]) => (
          <Group key={name} justify="space-between" wrap="nowrap">
            <Text>{t(`shortcuts.${name}`)}</Text>
            <Group gap={4} wrap="nowrap">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
