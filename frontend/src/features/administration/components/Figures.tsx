import { Button, Group, Table, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { taskFiguresQuery, type TasksOfQueue } from "@/features/administration/api/countTasks";
import { latest, STATES, sumOf, toCsv } from "@/features/administration/figures";
import { birthDate } from "@/i18n/when";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import { DayField } from "@/ui/DayField";
import classes from "./Block.module.css";

/** Tasks by queue and state, of a period; the title states what the figures show. */
export function Figures() {
  const { t } = useTranslation("administration");
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({ ...taskFiguresQuery(from, until), placeholderData: keepPreviousData });
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={6} />;
  return (
    <>
      <Finding items={data.items} />
      <Text c="dimmed" mb="md">
        {t("figures.lead", { since: birthDate(data.since), until: birthDate(data.until) })}
      </Text>
      <Group mb="md" align="flex-end">
        <DayField w={150} label={t("figures.since")} value={from ?? data.since} maxDate={until ?? data.until} onChange={setFrom} />
        <DayField w={150} label={t("figures.until")} value={until ?? data.until} minDate={from ?? data.since} onChange={setUntil} />
        <Export items={data.items} name={`taches-${data.since}-${data.until}.csv`} />
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data.items.length === 0 ? <EmptyState>{t("figures.empty")}</EmptyState> : <FigureTable items={data.items} />}
    </>
  );
}

function Finding({ items }: { items: TasksOfQueue[] }) {
  const { t } = useTranslation("administration");
  const worst = latest(items);
  const count = sumOf(items, "late");
  return <Title order={2}>{worst ? t("figures.finding", { count, queue: worst.queue.name }) : t("figures.finding_none")}</Title>;
}

function FigureTable({ items }: { items: TasksOfQueue[] }) {
  const { t } = useTranslation("administration");
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("figures.queue")}</Table.Th>
            {STATES.map((state) => (
              <Table.Th key={state} ta="end">
                {t(`figures.${state}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.queue.id}>
              <Table.Th scope="row" fw={500}>
                {item.queue.name}
              </Table.Th>
              {STATES.map((state) => (
                <Table.Td key={state} ta="end" className={state === "late" && item.late > 0 ? classes.late : undefined}>
                  {item[state]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t("figures.total")}</Table.Th>
            {STATES.map((state) => (
              <Table.Th key={state} ta="end">
                {sumOf(items, state)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}

function Export({ items, name }: { items: TasksOfQueue[]; name: string }) {
  const { t } = useTranslation("administration");
  const save = () => {
    const csv = toCsv([t("figures.queue"), ...STATES.map((state) => t(`figures.${state}`))], items);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  };
  return (
    <Button variant="default" leftSection={<IconDownload aria-hidden size={16} stroke={1.8} />} onClick={save}>
      {t("figures.export")}
    </Button>
  );
}
