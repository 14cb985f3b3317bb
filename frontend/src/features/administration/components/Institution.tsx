import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { institutionQuery, type Institution as State } from "@/features/administration/api/institution";
import { AskFirst } from "@/features/administration/components/AskFirst";
import { MappingTable } from "@/features/administration/components/MappingTable";
import { SyncReport } from "@/features/administration/components/SyncReport";
import { useSynchronising } from "@/features/administration/hooks/useSynchronising";
import { dayAndHour } from "@/i18n/when";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./Block.module.css";

/** The institution's own directory: what its groups give here, and bringing it in, first as a rehearsal. */
export function Institution() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(institutionQuery);
  if (isPending) return <SkeletonRows rows={5} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="lg" maw={980}>
      <Text c="dimmed">{t("institution.lead")}</Text>
      {!data.configured && <Alert variant="light">{t("institution.notConnected")}</Alert>}
      <section className={classes.block} aria-labelledby="mapping">
        <Title order={3} id="mapping" mb="xs">
          {t("institution.mapping")}
        </Title>
        <MappingTable key={JSON.stringify(data.items)} state={data} />
      </section>
      {data.configured && <Synchronising state={data} />}
    </Stack>
  );
}

function Synchronising({ state }: { state: State }) {
  const { t } = useTranslation("administration");
  const { report, failure, busy, run } = useSynchronising();
  const rehearsed = report?.dry_run ?? false;
  return (
    <section className={classes.block} aria-labelledby="sync">
      <Title order={3} id="sync">
        {t("institution.sync")}
      </Title>
      <LastRun state={state} />
      <Group mt="sm">
        <Button variant={rehearsed ? "default" : "filled"} loading={busy === "rehearsal"} onClick={() => void run({ dry_run: true, force: false })}>
          {t("institution.rehearse")}
        </Button>
        {report && rehearsed && (
          <AskFirst
            variant="filled"
            severe={report.braked}
            act={t(report.braked ? "institution.force" : "institution.apply")}
            question={t("institution.question")}
            consequence={report.braked ? t("institution.forceConsequence", { count: report.losing }) : t("institution.consequence")}
            onYes={() => void run({ dry_run: false, force: report.braked })}
          />
        )}
      </Group>
      {failure && (
        <Text role="alert" mt="sm" c="var(--urgent)">
          {failure}
        </Text>
      )}
      {report && <SyncReport report={report} />}
    </section>
  );
}

function LastRun({ state: { last } }: { state: State }) {
  const { t } = useTranslation("administration");
  if (!last) return <Text c="dimmed">{t("institution.never")}</Text>;
  const who = last.by ? t("institution.lastBy", { when: dayAndHour(last.at), name: last.by.name }) : t("institution.last", { when: dayAndHour(last.at) });
  return (
    <Text c="dimmed">
      {who} {last.refusal || last.report?.sentence}
    </Text>
  );
}
