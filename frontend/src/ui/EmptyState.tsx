import { Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyStateProps {
  /** One sentence. */
  children: ReactNode;
  action?: { label: string; onClick: () => void };
  icon?: ReactNode;
}

/** Nothing here yet: a sentence and one action. */
export function EmptyState({ children, action, icon }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md">
      {icon}
      <Text c="dimmed" ta="center" maw={360}>
        {children}
      </Text>
      {action && (
        <Button variant="light" onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </Stack>
  );
}
