import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { changePerson } from "@/features/directory/api/people";
import { HoursFields } from "@/features/directory/components/HoursFields";
import type { Colleague } from "@/features/directory/types";
import { sayDone, useSentence } from "@/ui";

/** What everybody says of themselves: the telephone and the usual week. */
export function MyDetails({ person }: { person: Colleague }) {
  const { t } = useTranslation("directory");
  const [editing, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t("mine.edit")}
      </Button>
      <Modal opened={editing} onClose={dialog.close} title={t("mine.title")}>
        <MyForm person={person} onClose={dialog.close} />
      </Modal>
    </>
  );
}

function MyForm({ person, onClose }: { person: Colleague; onClose: () => void }) {
  const { t } = useTranslation("directory");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const [phone, setPhone] = useState(person.phone);
  const [hours, setHours] = useState(person.hours);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const faults = error instanceof ApiError ? error.fields : {};
  const save = async () => {
    setBusy(true);
    try {
      await changePerson(person.id, { phone, hours });
      await client.invalidateQueries({ queryKey: ["people"] });
      sayDone(t("mine.saved"));
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus type="tel" label={t("field.phone")} value={phone} error={faults.phone} onChange={(event) => setPhone(event.currentTarget.value)} />
        <HoursFields hours={hours} error={faults.hours} onChange={setHours} />
        <Text size="xs" c="dimmed">
          {t("mine.hint")}
        </Text>
        {error !== null && (
          <Text role="alert" c="var(--urgent)">
            {sentence(error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
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
