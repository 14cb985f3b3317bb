import { Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSentence } from "@/ui/useSentence";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/** What happened, what was kept, and the way to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <Stack role="alert" align="center" gap="xs" py="xl" px="md">
      <IconAlertTriangle aria-hidden size={22} color="var(--late)" />
      <Text fw={550}>{t("state.failed")}</Text>
      <Text c="dimmed" ta="center" maw={380}>
        {sentence(error)}
      </Text>
      {onRetry && (
        <Button variant="light" mt="xs" onClick={onRetry}>
          {t("act.retry")}
        </Button>
      )}
    </Stack>
  );
}
