import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { addCorrespondent, changeCorrespondent } from "@/features/directory/api/correspondents";
import { KINDS, type Correspondent, type CorrespondentFields } from "@/features/directory/types";
import { sayDone, useSentence } from "@/ui";

interface CorrespondentDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The one to correct; a new one when nobody is given. */
  correspondent?: Correspondent;
  onDone?: (correspondent: Correspondent) => void;
}

const NOBODY: CorrespondentFields = { kind: "pharmacy", name: "", organisation: "", phone: "", email: "", mss_address: "", address: "", note: "" };
const TEXTS = ["name", "organisation", "phone", "email", "mss_address", "address"] as const;

/** Adds or corrects somebody outside the centre. */
export function CorrespondentDialog({ opened, onClose, correspondent, onDone }: CorrespondentDialogProps) {
  const { t } = useTranslation("directory");
  return (
    <Modal opened={opened} onClose={onClose} title={t(correspondent ? "correspondent.changeTitle" : "correspondent.add")}>
      <CorrespondentForm correspondent={correspondent} onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

function CorrespondentForm({ correspondent, onClose, onDone }: Omit<CorrespondentDialogProps, "opened">) {
  const { t } = useTranslation("directory");
  const { t: common } = useTranslation();
  const { fields, set, faults, failure, busy, submit } = useCorrespondentDraft({ correspondent, onClose, onDone });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Select data-autofocus allowDeselect={false} label={t("field.kind")} data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} value={fields.kind} error={faults.kind} onChange={(kind) => kind && set({ kind })} />
        {TEXTS.map((name) => (
          <TextInput
            key={name}
            label={t(`field.${name}`)}
            type={name === "phone" ? "tel" : name === "email" || name === "mss_address" ? "email" : "text"}
            value={fields[name]}
            error={faults[name]}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          />
        ))}
        <Textarea label={t("field.note")} description={t("correspondent.noteHint")} autosize minRows={2} value={fields.note} error={faults.note} onChange={(event) => set({ note: event.currentTarget.value })} />
        {failure && (
          <Text role="alert" c="var(--urgent)">
            {failure}
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

function useCorrespondentDraft({ correspondent, onClose, onDone }: Omit<CorrespondentDialogProps, "opened">) {
  const { t } = useTranslation("directory");
  const client = useQueryClient();
  const sentence = useSentence();
  const [fields, setFields] = useState<CorrespondentFields>(() => (correspondent ? fieldsOf(correspondent) : NOBODY));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<CorrespondentFields>) => setFields((before) => ({ ...before, ...change }));
  const send = async () => {
    setBusy(true);
    setFailure("");
    setFaults({});
    try {
      const saved = await (correspondent ? changeCorrespondent(correspondent.id, fields) : addCorrespondent(fields));
      await client.invalidateQueries({ queryKey: ["correspondents"] });
      sayDone(t("correspondent.saved"));
      onClose();
      onDone?.(saved);
    } catch (error) {
      if (error instanceof ApiError) setFaults(error.fields);
      setFailure(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (fields.name.trim()) void send();
    else setFaults({ name: t("correspondent.missingName") });
  };
  return { fields, set, faults, failure, busy, submit };
}

function fieldsOf({ kind, name, organisation, phone, email, mss_address, address, note }: Correspondent): CorrespondentFields {
  return { kind, name, organisation, phone, email, mss_address, address, note };
}
