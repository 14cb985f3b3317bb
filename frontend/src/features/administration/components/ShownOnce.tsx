import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import classes from "./Block.module.css";

interface ShownOnceProps {
  lead: string;
  secret: string;
  /** what goes with it and may be shown again */
  login?: string;
  onDone: () => void;
}

/** Something that will never be shown again: to copy now. */
export function ShownOnce({ lead, secret, login, onDone }: ShownOnceProps) {
  const { t } = useTranslation("administration");
  return (
    <Stack gap="sm" role="status">
      <Text>{lead}</Text>
      {login && <Text fw={550}>{t("people.login", { login })}</Text>}
      <code className={classes.address}>{secret}</code>
      <Group gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck aria-hidden size={16} /> : <IconCopy aria-hidden size={16} />} onClick={copy}>
              {t(copied ? "once.copied" : "once.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t("once.done")}
        </Button>
      </Group>
    </Stack>
  );
}
