import { Button, Checkbox, Group, Modal, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Candidates } from "@/features/patients/components/Candidates";
import { usePatientDraft, type PatientDraft } from "@/features/patients/hooks/usePatientDraft";
import { DayField } from "@/ui/DayField";

interface CreatePatientDialogProps {
  opened: boolean;
  onClose: () => void;
  /** What was typed in the search, to begin with. */
  words: string;
}

/** A new patient; those who may be the same person are shown before anything is written. */
export function CreatePatientDialog({ opened, onClose, words }: CreatePatientDialogProps) {
  const { t } = useTranslation("patients");
  return (
    <Modal opened={opened} onClose={onClose} title={t("new.title")} size="lg">
      <PatientForm onClose={onClose} words={words} />
    </Modal>
  );
}

const SEXES = ["F", "M", "U"] as const;

function PatientForm({ onClose, words }: Omit<CreatePatientDialogProps, "opened">) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const { draft, set, faults, failure, busy, submit, candidates, circle } = usePatientDraft({ words, onClose });
  const field = (name: TextName) => ({
    value: draft[name],
    error: faults[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Group grow align="flex-start">
          <TextInput data-autofocus label={t("new.birthName")} required withAsterisk={false} {...field("birth_name")} />
          <TextInput label={t("new.givenNames")} required withAsterisk={false} {...field("given_names")} />
        </Group>
        <Group grow align="flex-start">
          <DayField label={t("new.birthDate")} value={draft.birth_date} error={faults.birth_date} maxDate={new Date()} onChange={(birth_date) => set({ birth_date })} />
          <TextInput label={t("new.usedName")} {...field("used_name")} />
        </Group>
        <div>
          <Text size="sm" fw={500} mb={3} id="new-sex">
            {t("new.sex")}
          </Text>
          <SegmentedControl aria-labelledby="new-sex" value={draft.sex} data={SEXES.map((value) => ({ value, label: t(`new.${value}`) }))} onChange={(sex) => set({ sex })} />
        </div>
        <Group grow align="flex-start">
          <TextInput type="tel" label={t("new.phone")} {...field("phone")} />
          <TextInput type="email" label={t("new.email")} {...field("email")} />
        </Group>
        {draft.email && <Checkbox label={t("new.emailConsent")} checked={draft.email_consent} onChange={(event) => set({ email_consent: event.currentTarget.checked })} />}
        <Group grow align="flex-start">
          <TextInput inputMode="numeric" label={t("new.postcode")} {...field("postcode")} />
          <TextInput label={t("new.city")} {...field("city")} />
        </Group>
        <Group grow align="flex-start">
          <Select
            searchable
            clearable
            label={t("new.doctor")}
            placeholder={t("new.doctorHint")}
            data={circle.doctors.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.doctor}
            error={faults.members}
            onChange={(doctor) => set({ doctor })}
          />
          <MultiSelect
            searchable
            label={t("new.teams")}
            description={draft.teams.length === 0 ? t("new.noTeam") : undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            data={circle.teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.teams}
            onChange={(teams) => set({ teams })}
          />
        </Group>
        <Candidates items={candidates} confirmed={draft.is_someone_else} onConfirm={(is_someone_else) => set({ is_someone_else })} onOpen={onClose} />
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
            {t("new.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type TextName = { [Name in keyof PatientDraft]: PatientDraft[Name] extends string ? (Name extends "sex" ? never : Name) : never }[keyof PatientDraft];
