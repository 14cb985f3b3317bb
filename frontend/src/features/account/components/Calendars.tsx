import { Button, CopyButton, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { feedsQuery, openFeed, revokeFeed, type Feed, type NewFeed } from "@/features/account/api/feeds";
import { agendasQuery } from "@/features/agenda/api/listAgendas";
import { useMe } from "@/features/session/hooks/useSession";
import { dayAndHour, recently } from "@/i18n/when";
import { ErrorState, sayDone, sayFailed, SkeletonRows, useSentence } from "@/ui";
import { Block } from "@/features/account/components/Block";
import classes from "./Block.module.css";

/** My private calendar addresses: made, shown once, withdrawn. */
export function Calendars() {
  const { t } = useTranslation("account");
  return (
    <Block title={t("calendars.title")} lead={t("calendars.lead")}>
      <Addresses />
    </Block>
  );
}

function Addresses() {
  const { t } = useTranslation("account");
  const { data, error, isPending, refetch } = useQuery(feedsQuery);
  const [made, setMade] = useState<NewFeed | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={2} />;
  return (
    <Stack gap="sm" mt="md">
      {made && <Address feed={made} onDone={() => setMade(null)} />}
      {data.items.length === 0 && <Text c="dimmed">{t("calendars.empty")}</Text>}
      <ul className={classes.lines}>
        {data.items.map((feed) => (
          <FeedLine key={feed.id} feed={feed} />
        ))}
      </ul>
      <NewAddress onMade={setMade} />
    </Stack>
  );
}

function NewAddress({ onMade }: { onMade: (feed: NewFeed) => void }) {
  const { t } = useTranslation("account");
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
  if (agendas.length === 0) return <Text c="dimmed">{t("calendars.noAgenda")}</Text>;
  return (
    <Group align="flex-end" gap="xs">
      <Select label={t("calendars.agenda")} searchable allowDeselect={false} data={agendas.map(({ id, name }) => ({ value: id, label: name }))} value={agenda} onChange={setChosen} />
      <Button variant="light" loading={busy} onClick={() => void make()}>
        {t("calendars.create")}
      </Button>
    </Group>
  );
}

function Address({ feed, onDone }: { feed: NewFeed; onDone: () => void }) {
  const { t } = useTranslation("account");
  return (
    <Stack gap="xs" role="status">
      <Text fw={550}>{t("calendars.once")}</Text>
      <code className={classes.secret}>{feed.address}</code>
      <Group gap="xs">
        <CopyButton value={feed.address}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck aria-hidden size={16} /> : <IconCopy aria-hidden size={16} />} onClick={copy}>
              {t(copied ? "calendars.copied" : "calendars.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t("calendars.done")}
        </Button>
      </Group>
    </Stack>
  );
}

function FeedLine({ feed }: { feed: Feed }) {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const [asking, setAsking] = useState(false);
  const revoke = async () => {
    setAsking(false);
    try {
      await revokeFeed(feed.id);
      sayDone(t("calendars.revoked"));
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
    await client.invalidateQueries({ queryKey: feedsQuery.queryKey });
  };
  const read = feed.last_read_at ? t("calendars.read", { when: recently(feed.last_read_at) }) : t("calendars.neverRead");
  return (
    <Group component="li" className={classes.line} justify="space-between" wrap="nowrap">
      <div>
        <Text fw={550}>{feed.agenda.name}</Text>
        <Text size="xs" c="dimmed">
          {t("calendars.created", { date: dayAndHour(feed.created_at) })} · {read}
        </Text>
      </div>
      <Button size="compact-sm" flex="none" variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t("calendars.revoke")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("calendars.revokeQuestion")}>
        <Text>{t("calendars.revokeConsequence")}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {common("act.cancel")}
          </Button>
          <Button color="red" onClick={() => void revoke()}>
            {t("calendars.revoke")}
          </Button>
        </Group>
      </Modal>
    </Group>
  );
}
