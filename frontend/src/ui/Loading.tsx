import { Group, Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const PATIENCE_MS = 150;

/** True once the wait is long enough to be worth showing. */
export function useLate(ms: number = PATIENCE_MS): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}

interface SkeletonRowsProps {
  rows?: number;
  /** A round shape at the start of each row, where people will be. */
  avatars?: boolean;
}

/** The shape of a list to come, shown after 150 ms. */
export function SkeletonRows({ rows = 6, avatars = false }: SkeletonRowsProps) {
  const { t } = useTranslation();
  if (!useLate()) return null;
  return (
    <Stack gap="md" p="md" aria-busy="true">
      <VisuallyHidden role="status">{t("state.loading")}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Group key={row} wrap="nowrap" gap="sm">
          {avatars && <Skeleton circle height={34} flex="none" />}
          <Stack gap={7} flex={1}>
            <Skeleton height={11} width={`${55 + ((row * 37) % 35)}%`} />
            <Skeleton height={9} width={`${30 + ((row * 23) % 30)}%`} />
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
