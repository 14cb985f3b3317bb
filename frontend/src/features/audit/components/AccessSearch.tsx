import { Button, Group, Text } from "@mantine/core";
import { IconAnchor, IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { anchorOf, logAsCsv } from "@/features/audit/api/files";
import { accessesQuery } from "@/features/audit/api/searchAccesses";
import { AccessFilters } from "@/features/audit/components/AccessFilters";
import { AccessPages } from "@/features/audit/components/AccessPages";
import { useFile } from "@/features/audit/hooks/useFile";
import { useWanted } from "@/features/audit/hooks/useWanted";
import { addDays, today } from "@/i18n/when";

/** Who read or did what in the centre, found by person, patient, act, days or words. */
export function AccessSearch() {
  const { t } = useTranslation("audit");
  const search = useWanted();
  const found = useInfiniteQuery({ ...accessesQuery(search.asked), placeholderData: keepPreviousData });
  const yesterday = addDays(today(), -1);
  const csv = useFile(() => logAsCsv(search.asked), `journal-des-acces-${today()}.csv`);
  const anchor = useFile(() => anchorOf(yesterday), `empreinte-${yesterday}.txt`);
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <Text c="dimmed" maw={560}>
          {t("lead")}
        </Text>
        <Group gap="xs">
          <Button variant="default" leftSection={<IconDownload aria-hidden size={16} stroke={1.8} />} loading={csv.isPending} onClick={() => csv.mutate()}>
            {t("file.csv")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconAnchor aria-hidden size={16} stroke={1.8} />}
            loading={anchor.isPending}
            onClick={() => anchor.mutate()}
            title={t("file.anchorHint")}
          >
            {t("file.anchor")}
          </Button>
        </Group>
      </Group>
      <AccessFilters search={search} />
      <AccessPages found={found} nothing={search.count || search.asked.q ? t("nothingFound") : t("nothing")} aboutOne={search.patient !== null} />
    </>
  );
}
