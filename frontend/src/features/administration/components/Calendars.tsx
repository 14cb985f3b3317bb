import { Button, CopyButton, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { feedsQuery, openFeed, revokeFeed, type Feed, type NewFeed } from "@/features/administration/api/feeds";
import { agendasQuery } from "@/features/agenda/api/listAgendas";
import { useMe } from "@/features/session/hooks/useSession";
import { dayAndHour, recently } from "@/i18n/when";
import { ErrorState, sayDone, sayFailed, SkeletonRows, useSentence } from "@/ui";
import classes from "./Block.module.css";

/** My private calendar addresses: made, shown once, withdrawn. */
export function Calendars() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(feedsQuery);
  const [made, setMade] = useState<NewFeed | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={2} />;
  return (
    <Stack gap="sm">
      {made && <Address feed={made} onDone={() => setMade(null)} />}
      {data.items.length === 0 && <Text c="dimmed">{t("account.empty")}</Text>}
      <ul className={classes.plain}>
        {data.items.map((feed) => (
          <FeedLine key={feed.id} feed={feed} />
        ))}
      </ul>
      <NewAddress onMade={setMade} />
    </Stack>
  );
}

function NewAddress({ onMade }: { onMade: (feed: NewFeed) => void }) {
  const { t } = useTranslation("administration");
  const client = useQueryClient();
  const sentence = useSentence();
  const me = useMe();
  const agendas = useQuery(agendasQuery).data?.items ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const agenda = chosen ?? agendas.find(({ person }) => person?.id === me.id)?.id ?? agendas[0]?.id ?? null;
  const make = async () => {
    if (!agenda) return;
    setBusy(true);
    try {
      onMade(await openFeed(agenda, newId()));
      await client.invalidateQueries({ queryKey: feedsQuery.queryKey });
    } catch (error) {
      sayFailed({ message: sentence(error) });
    } finally {
      setBusy(false);
    }
  };
  if (agendas.length === 0) return <Text c="dimmed">{t("account.noAgenda")}</Text>;
  return (
    <Group align="flex-end" gap="xs">
      <Select label={t("account.agenda")} searchable allowDeselect={false} data={agendas.map(({ id, name }) => ({ value: id, label: name }))} value={agenda} onChange={setChosen} />
      <Button variant="light" loading={busy} onClick={() => void make()}>
        {t("account.create")}
      </Button>
    </Group>
  );
}

function Address({ feed, onDone }: { feed: NewFeed; onDone: () => void }) {
  const { t } = useTranslation("administration");
  return (
    <Stack gap="xs" role="status">
      <Text fw={550}>{t("account.once")}</Text>
      <code className={classes.address}>{feed.address}</code>
      <Group gap="xs">
        <CopyButton value={feed.address}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck aria-hidden size={16} /> : <IconCopy aria-hidden size={16} />} onClick={copy}>
              {t(copied ? "account.copied" : "account.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t("account.done")}
        </Button>
      </Group>
    </Stack>
  );
}

function FeedLine({ feed }: { feed: Feed }) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    setAsking(false);
    try {
      await revokeFeed(feed.id);
      sayDone(t("account.revoked"));
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
    await client.invalidateQueries({ queryKey: feedsQuery.queryKey });
  };
  const read = feed.last_read_at ? t("account.read", { when: recently(feed.last_read_at) }) : t("account.neverRead");
  return (
    <Group component="li" className={classes.feed} justify="space-between" wrap="nowrap">
      <div>
        <Text fw={550}>{feed.agenda.name}</Text>
        <Text size="xs" c="dimmed">
          {t("account.created", { date: dayAndHour(feed.created_at) })} · {read}
        </Text>
      </div>
      <Button size="compact-sm" flex="none" variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t("account.revoke")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("account.revokeQuestion")}>
        <Text>{t("account.revokeConsequence")}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {common("act.cancel")}
          </Button>
          <Button color="red" onClick={() => void revoke()}>
            {t("account.revoke")}
          </Button>
        </Group>
      </Modal>
    </Group>
  );
}
