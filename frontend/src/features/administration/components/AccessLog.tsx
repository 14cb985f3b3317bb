import { Button, Group, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PatientRef } from "@/api/types";
import { auditQuery } from "@/features/administration/api/readAudit";
import { PatientPicker } from "@/features/tasks/components/PatientPicker";
import { dayAndHour } from "@/i18n/when";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";

/** An act in words; one that has no words yet is named as it is recorded. */
function useAct(): (kind: string) => string {
  const { t } = useTranslation("administration");
  return (kind) => t(`audit.${kind.replace(".", "_") as "patient_read"}`, { defaultValue: t("audit.other", { kind }) });
}

/** Who read or did what, of everybody or about one patient. */
export function AccessLog() {
  const { t } = useTranslation("administration");
  const act = useAct();
  const [patient, setPatient] = useState<PatientRef | null>(null);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery(patient?.id));
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Text c="dimmed" mb="md">
        {t("audit.lead")}
      </Text>
      <Group maw={420} mb="md" grow>
        <PatientPicker label={t("audit.patient")} value={patient} onChange={setPatient} />
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={8} />}
      {data && entries.length === 0 && <EmptyState>{t("audit.empty")}</EmptyState>}
      {entries.length > 0 && (
        <Table.ScrollContainer minWidth={400}>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("audit.when")}</Table.Th>
                <Table.Th>{t("audit.who")}</Table.Th>
                <Table.Th>{t("audit.what")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => (
                <Table.Tr key={entry.id}>
                  <Table.Td>{dayAndHour(entry.at)}</Table.Td>
                  <Table.Td>{entry.who?.name ?? t("audit.system")}</Table.Td>
                  <Table.Td>{act(entry.kind)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("audit.more")}
        </Button>
      )}
    </>
  );
}
