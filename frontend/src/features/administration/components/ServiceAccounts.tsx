import { Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { rightsQuery } from "@/features/administration/api/roles";
import { endServiceToken, serviceAccountsQuery, type ServiceAccount, type ServiceToken } from "@/features/administration/api/serviceAccounts";
import { AskFirst } from "@/features/administration/components/AskFirst";
import { ServiceAccountDialog } from "@/features/administration/components/ServiceAccountDialog";
import { ServiceKeyDialog } from "@/features/administration/components/ServiceKeyDialog";
import { useAct } from "@/features/administration/hooks/useSending";
import { dayAndHour, recently } from "@/i18n/when";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import classes from "./Block.module.css";
import page from "./Roles.module.css";

/** The programs that may come without anybody in front of them, and the keys that let them in. */
export function ServiceAccounts() {
  const { t } = useTranslation("administration");
  const [creating, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useQuery(serviceAccountsQuery);
  if (isPending) return <SkeletonRows rows={4} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <div className={page.lead}>
        <Text c="dimmed" maw={640}>
          {t("service.lead")}
        </Text>
        <Button flex="none" leftSection={<IconPlus aria-hidden size={16} stroke={1.8} />} onClick={dialog.open}>
          {t("service.create")}
        </Button>
      </div>
      {data.items.length === 0 && <EmptyState>{t("service.empty")}</EmptyState>}
      <Stack gap="md" maw={860}>
        {data.items.map((account) => (
          <Account key={account.id} account={account} />
        ))}
      </Stack>
      <ServiceAccountDialog opened={creating} onClose={dialog.close} />
    </>
  );
}

function Account({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation("administration");
  const [adding, dialog] = useDisclosure(false);
  return (
    <section className={classes.block} aria-label={account.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs">
            <Title order={3}>{account.name}</Title>
            {!account.is_active && <Badge color="red">{t("people.suspended")}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {account.role ? t("service.role", { role: account.role.name }) : t("people.ended")}
          </Text>
        </div>
        <Button size="compact-sm" flex="none" variant="default" aria-label={t("service.addKeyTo", { name: account.name })} onClick={dialog.open}>
          {t("service.addKey")}
        </Button>
      </Group>
      {account.tokens.length === 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("service.noKey")}
        </Text>
      )}
      <ul className={classes.plain}>
        {account.tokens.map((key) => (
          <KeyLine key={key.id} known={key} />
        ))}
      </ul>
      <ServiceKeyDialog opened={adding} onClose={dialog.close} account={account} />
    </section>
  );
}

function KeyLine({ known }: { known: ServiceToken }) {
  const { t } = useTranslation("administration");
  const act = useAct({ touches: [serviceAccountsQuery.queryKey] });
  const groups = useQuery(rightsQuery).data?.groups ?? [];
  const allowed = groups.flatMap(({ rights }) => rights).filter(({ code }) => known.scopes?.includes(code));
  return (
    <Group component="li" className={classes.feed} justify="space-between" wrap="nowrap">
      <div>
        <Text fw={550}>{known.label}</Text>
        <Text size="xs" c="dimmed">
          {known.used_at ? t("service.used", { when: recently(known.used_at) }) : t("service.neverUsed")} · {t("service.ends", { when: dayAndHour(known.expires_at) })}
        </Text>
        <Text size="xs">{known.scopes ? allowed.map(({ sentence }) => sentence).join(", ") : t("service.wholeRole")}</Text>
      </div>
      <AskFirst
        severe
        size="compact-sm"
        variant="subtle"
        act={t("service.endKey")}
        label={t("service.endKeyOf", { label: known.label })}
        question={t("service.endQuestion", { label: known.label })}
        consequence={t("service.endConsequence")}
        onYes={() => void act(() => endServiceToken(known.id), t("service.keyEnded"))}
      />
    </Group>
  );
}
