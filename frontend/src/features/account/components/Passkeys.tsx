import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconKey, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { Block, Line, Lines } from "@/features/account/components/Block";
import { Question } from "@/features/account/components/Question";
import { useAct } from "@/features/account/hooks/useAct";
import { useUsed } from "@/features/account/hooks/useUsed";
import { addPasskey, factorsQuery, removePasskey, renamePasskey, type Passkey } from "@/features/session/api/factors";
import { passkeysWork } from "@/features/session/passkeys";

/** The keys by which this person signs in without a password. */
export function Passkeys({ keys, onAdded }: { keys: Passkey[]; onAdded: () => Promise<void> }) {
  const { t } = useTranslation("account");
  const { busy, run } = useAct(factorsQuery.queryKey);
  const make = async () => {
    if (await run(addPasskey, t("passkey.added"))) await onAdded();
  };
  const add = passkeysWork() && (
    <Button size="xs" variant="light" loading={busy} leftSection={<IconPlus aria-hidden size={16} />} onClick={() => void make()}>
      {t("passkey.add")}
    </Button>
  );
  return (
    <Block title={t("passkey.title")} lead={t("passkey.lead")} action={add}>
      {keys.length === 0 ? (
        <Text mt="sm">{t("passkey.none")}</Text>
      ) : (
        <Lines label={t("passkey.title")}>
          {keys.map((key) => (
            <PasskeyLine key={key.id} passkey={key} />
          ))}
        </Lines>
      )}
    </Block>
  );
}

function PasskeyLine({ passkey }: { passkey: Passkey }) {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const used = useUsed();
  const { run } = useAct(factorsQuery.queryKey);
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Line
        icon={<IconKey aria-hidden size={20} stroke={1.7} />}
        title={passkey.name}
        detail={used(passkey)}
        acts={
          <>
            <ActionIcon aria-label={t("passkey.rename", { name: passkey.name })} onClick={() => setOpen("rename")}>
              <IconPencil size={18} stroke={1.7} />
            </ActionIcon>
            <ActionIcon color="red" aria-label={t("passkey.remove", { name: passkey.name })} onClick={() => setOpen("remove")}>
              <IconTrash size={18} stroke={1.7} />
            </ActionIcon>
          </>
        }
      />
      <Modal opened={open === "rename"} onClose={close} title={t("passkey.renameTitle")}>
        <Rename passkey={passkey} onDone={close} />
      </Modal>
      <Question
        opened={open === "remove"}
        title={t("passkey.removeQuestion", { name: passkey.name })}
        consequence={t("passkey.removeConsequence")}
        act={common("act.delete")}
        onAct={() => void run(() => removePasskey(passkey.id), t("passkey.removed"))}
        onClose={close}
      />
    </>
  );
}

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const { busy, run } = useAct(factorsQuery.queryKey);
  const [name, setName] = useState(passkey.name);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    void run(() => renamePasskey(passkey.id, name.trim())).then((done) => done && onDone());
  };
  return (
    <form onSubmit={save}>
      <Stack gap="md">
        <TextInput label={t("passkey.name")} data-autofocus required withAsterisk={false} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common("act.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {common("act.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
