import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { Block } from "@/features/account/components/Block";
import { useAct } from "@/features/account/hooks/useAct";
import { fetchSession } from "@/features/session/api/session";
import { changePassword } from "@/features/session/api/signIn";
import { isReady, NewPasswordFields } from "@/features/session/components/NewPasswordFields";

/** One's own password, replaced. */
export function Password() {
  const { t } = useTranslation("account");
  const [opened, form] = useDisclosure(false);
  const change = (
    <Button size="xs" variant="light" onClick={form.open}>
      {t("password.change")}
    </Button>
  );
  return (
    <Block title={t("password.title")} lead={t("password.lead")} action={change}>
      <Modal opened={opened} onClose={form.close} title={t("password.change")}>
        <PasswordForm onDone={form.close} />
      </Modal>
    </Block>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("account");
  const { t: signin } = useTranslation("signin");
  const { t: common } = useTranslation();
  const { busy, run } = useAct(["sessions"]);
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState({ next: "", again: "" });
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const change = async () => {
      await changePassword(current, chosen.next);
      // the session has another key from now on, and so has the token of every write
      await fetchSession();
    };
    void run(change, t("password.changed")).then((done) => done && onDone());
  };
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <PasswordInput
          label={signin("newPassword.current")}
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordFields value={chosen} onChange={setChosen} />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onDone}>
            {common("act.cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!isReady(chosen)}>
            {common("act.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
