import { Anchor, Button, Group, Modal, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPhone } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { archiveCorrespondent, correspondentsQuery } from "@/features/directory/api/correspondents";
import { CorrespondentDialog } from "@/features/directory/components/CorrespondentDialog";
import { KindIcon } from "@/features/directory/components/KindIcon";
import { Pane } from "@/features/directory/components/Pane";
import { telOf } from "@/features/directory/tel";
import type { Correspondent } from "@/features/directory/types";
import { useMay } from "@/features/session/hooks/useSession";
import { EmptyState, ErrorState, sayDone, sayFailed, SkeletonRows, useSentence } from "@/ui";
import list from "./DirectoryList.module.css";
import classes from "./Pane.module.css";

/** A correspondent: how to reach them, and what one should know before calling. */
export function CorrespondentPane({ id }: { id: string }) {
  const { t } = useTranslation("directory");
  const { data, error, isPending, refetch } = useQuery(correspondentsQuery("", null));
  const one = data?.items.find((known) => known.id === id);
  return (
    <Pane from="correspondants" head={one && <Head one={one} />}>
      {isPending && <SkeletonRows />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && !one && <EmptyState>{t("unknown")}</EmptyState>}
      {one && <Facts one={one} />}
    </Pane>
  );
}

function Head({ one }: { one: Correspondent }) {
  const { t } = useTranslation("directory");
  const mayEdit = useMay("patient.edit");
  const mayRemove = useMay("directory.manage");
  const [editing, dialog] = useDisclosure(false);
  return (
    <>
      <span className={list.icon}>
        <KindIcon kind={one.kind} />
      </span>
      <div className={classes.who}>
        <Title order={2} className={classes.name}>
          {one.name}
        </Title>
        <Text c="dimmed">{[t(`kind.${one.kind}`), one.organisation].filter(Boolean).join(" · ")}</Text>
      </div>
      <div className={classes.acts}>
        {one.phone && (
          <Button component="a" href={telOf(one.phone)} variant="default" leftSection={<IconPhone aria-hidden size={16} stroke={1.8} />}>
            {t("call")}
          </Button>
        )}
        {(mayEdit || mayRemove) && (
          <Button variant="default" onClick={dialog.open}>
            {t("correspondent.change")}
          </Button>
        )}
        {mayRemove && <Archive one={one} />}
      </div>
      <CorrespondentDialog opened={editing} onClose={dialog.close} correspondent={one} />
    </>
  );
}

function Archive({ one }: { one: Correspondent }) {
  const { t } = useTranslation("directory");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const sentence = useSentence();
  const [asking, question] = useDisclosure(false);
  const archive = async () => {
    question.close();
    try {
      await archiveCorrespondent(one.id);
      sayDone(t("correspondent.removed"));
      await navigate({ to: "/annuaire/{-$id}", params: { id: undefined }, search: { volet: "correspondants" } });
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
    await client.invalidateQueries({ queryKey: ["correspondents"] });
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={question.open}>
        {t("correspondent.remove")}
      </Button>
      <Modal opened={asking} onClose={question.close} title={t("correspondent.removeQuestion", { name: one.name })}>
        <Text>{t("correspondent.removeConsequence")}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            {common("act.cancel")}
          </Button>
          <Button color="red" onClick={() => void archive()}>
            {t("correspondent.remove")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function Facts({ one }: { one: Correspondent }) {
  const { t } = useTranslation("directory");
  return (
    <dl className={classes.facts}>
      <dt>{t("field.phone")}</dt>
      <dd>{one.phone ? <Anchor href={telOf(one.phone)}>{one.phone}</Anchor> : t("notSaid")}</dd>
      <dt>{t("field.email")}</dt>
      <dd>{one.email ? <Anchor href={`mailto:${one.email}`}>{one.email}</Anchor> : t("notSaid")}</dd>
      <dt>{t("field.mss_address")}</dt>
      <dd>{one.mss_address || t("notSaid")}</dd>
      <dt>{t("field.address")}</dt>
      <dd>{one.address || t("notSaid")}</dd>
      {one.note && (
        <>
          <dt>{t("field.note")}</dt>
          <dd>{one.note}</dd>
        </>
      )}
    </dl>
  );
}
