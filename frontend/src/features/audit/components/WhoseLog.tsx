import { Button, Group, Input, Modal, Pill, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { findPatient } from "@/features/audit/api/findPatient";
import type { FoundPatient } from "@/features/audit/types";
import { today } from "@/i18n/when";
import { useSentence } from "@/ui";
import { DayField } from "@/ui/DayField";
import classes from "./WhoseLog.module.css";

interface WhoseLogProps {
  value: FoundPatient | null;
  onChange: (patient: FoundPatient | null) => void;
}

/** For those who may not browse patients: the one who asks is found by full name and birth date, as they would say it. */
export function WhoseLog({ value, onChange }: WhoseLogProps) {
  const { t } = useTranslation("audit");
  const [asking, dialog] = useDisclosure(false);
  const label = useId();
  return (
    <Input.Wrapper label={t("filters.patient")} labelElement="div" labelProps={{ id: label }}>
      {value ? (
        <div className={classes.chosen}>
          <Pill withRemoveButton size="md" onRemove={() => onChange(null)} removeButtonProps={{ "aria-label": t("whose.clear"), "aria-hidden": false, tabIndex: 0 }}>
            {value.name}
          </Pill>
        </div>
      ) : (
        <Button variant="default" fullWidth justify="flex-start" className={classes.open} aria-describedby={label} onClick={dialog.open}>
          {t("whose.open")}
        </Button>
      )}
      <Modal opened={asking} onClose={dialog.close} title={t("whose.title")}>
        <Ask
          onFound={(patient) => {
            onChange(patient);
            dialog.close();
          }}
        />
      </Modal>
    </Input.Wrapper>
  );
}

function Ask({ onFound }: { onFound: (patient: FoundPatient) => void }) {
  const { t } = useTranslation("audit");
  const sentence = useSentence();
  const [name, setName] = useState("");
  const [born, setBorn] = useState<string | null>(null);
  const find = useMutation({ mutationFn: () => findPatient(name, born ?? ""), onSuccess: onFound });
  const unknown = find.error instanceof ApiError && find.error.status === 404;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        find.mutate();
      }}
    >
      <Stack>
        <Text c="dimmed" size="sm">
          {t("whose.lead")}
        </Text>
        <TextInput label={t("whose.name")} placeholder={t("whose.nameHint")} required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <DayField label={t("whose.born")} placeholder="12/03/1957" required maxDate={today()} value={born} onChange={setBorn} />
        {find.error && (
          <Text role="alert" c="var(--urgent)" size="sm">
            {unknown ? t("whose.unknown") : sentence(find.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={find.isPending} disabled={!name.trim() || !born}>
            {t("whose.find")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
