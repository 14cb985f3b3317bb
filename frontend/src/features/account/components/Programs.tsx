import { Button, CopyButton, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconCopy, IconPlug, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { rightsQuery } from "@/features/account/api/rights";
import { closeToken, tokensQuery, type NewToken, type Token } from "@/features/account/api/tokens";
import { Block, Line, Lines } from "@/features/account/components/Block";
import { NewProgram } from "@/features/account/components/NewProgram";
import { Question } from "@/features/account/components/Question";
import { useAct } from "@/features/account/hooks/useAct";
import { sentencesOf } from "@/features/account/scopes";
import { numericDay, isoDay, recently } from "@/i18n/when";
import { ErrorState, SkeletonRows } from "@/ui";
import { useNow } from "@/ui/useNow";
import classes from "./Block.module.css";

/** The programs that may act in this person's name. */
export function Programs() {
  const { t } = useTranslation("account");
  const { data, error, isPending, refetch } = useQuery(tokensQuery);
  const [opened, form] = useDisclosure(false);
  const [made, setMade] = useState<NewToken | null>(null);
  const close = () => {
    form.close();
    setMade(null);
  };
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  const add = (
    <Button size="xs" variant="light" leftSection={<IconPlus aria-hidden size={16} />} onClick={form.open}>
      {t("programs.add")}
    </Button>
  );
  return (
    <Block title={t("programs.title")} lead={t("programs.lead")} action={add}>
      {data.items.length === 0 ? (
        <Text mt="sm">{t("programs.none")}</Text>
      ) : (
        <Lines label={t("programs.title")}>
          {data.items.map((token) => (
            <ProgramLine key={token.id} token={token} />
          ))}
        </Lines>
      )}
      <Modal opened={opened} onClose={close} title={t("programs.add")} size={520} closeOnClickOutside={made === null}>
        {made ? <Secret made={made} onDone={close} /> : <NewProgram onMade={setMade} onCancel={close} />}
      </Modal>
    </Block>
  );
}

function Secret({ made, onDone }: { made: NewToken; onDone: () => void }) {
  const { t } = useTranslation("account");
  return (
    <Stack gap="md" role="status">
      <Text>{t("programs.once")}</Text>
      <code className={classes.secret}>{made.secret}</code>
      <Group gap="xs">
        <CopyButton value={made.secret}>
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck aria-hidden size={16} /> : <IconCopy aria-hidden size={16} />} onClick={copy}>
              {t(copied ? "copied" : "programs.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t("programs.done")}
        </Button>
      </Group>
    </Stack>
  );
}

function ProgramLine({ token }: { token: Token }) {
  const { t } = useTranslation("account");
  const { busy, run } = useAct(tokensQuery.queryKey);
  const [asking, question] = useDisclosure(false);
  const groups = useQuery(rightsQuery).data?.groups ?? [];
  return (
    <>
      <Line
        icon={<IconPlug aria-hidden size={20} stroke={1.7} />}
        title={token.label}
        detail={
          <>
            <Dates token={token} />
            <ul className={classes.rights}>
              {sentencesOf(groups, token.scopes ?? []).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        }
        acts={
          <Button size="compact-sm" variant="subtle" color="red" disabled={busy} aria-label={t("programs.closeNamed", { label: token.label })} onClick={question.open}>
            {t("programs.close")}
          </Button>
        }
      />
      <Question
        opened={asking}
        title={t("programs.closeQuestion", { label: token.label })}
        consequence={t("programs.closeConsequence")}
        act={t("programs.close")}
        onAct={() => void run(() => closeToken(token.id), t("programs.closed"))}
        onClose={question.close}
      />
    </>
  );
}

function Dates({ token }: { token: Token }) {
  const { t } = useTranslation("account");
  const date = numericDay(isoDay(new Date(Date.parse(token.expires_at) - 1)));
  const over = Date.parse(token.expires_at) <= useNow(60_000);
  const used = token.used_at ? t("programs.used", { when: recently(token.used_at) }) : t("programs.neverUsed");
  return (
    <span>
      {t(over ? "programs.expired" : "programs.expires", { date })} · {used}
    </span>
  );
}
