import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { PersonRef } from "@/api/types";
import { useAbsenceDraft } from "@/features/directory/hooks/useAbsenceDraft";
import { peopleQuery } from "@/features/session/api/people";
import { today } from "@/i18n/when";
import { DayField } from "@/ui/DayField";
import { HourField } from "@/ui/HourField";

interface AbsenceDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Who will be away; chosen in the dialog when nobody is given. */
  person?: PersonRef;
}

/** Declares an absence, with who takes over and what that means. */
export function AbsenceDialog({ opened, onClose, person }: AbsenceDialogProps) {
  const { t } = useTranslation("directory");
  return (
    <Modal opened={opened} onClose={onClose} title={t("absences.declare")}>
      <AbsenceForm onClose={onClose} person={person} />
    </Modal>
  );
}

function AbsenceForm({ onClose, person }: Omit<AbsenceDialogProps, "opened">) {
  const { t } = useTranslation("directory");
  const { t: common } = useTranslation();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const { draft, set, faults, failure, busy, submit } = useAbsenceDraft(person, onClose);
  const choices = (except: string | null) => people.filter(({ id }) => id !== except).map(({ id, name, profession }) => ({ value: id, label: `${name} · ${profession}` }));
  const delegate = people.find(({ id }) => id === draft.delegate);
  const away = people.find(({ id }) => id === draft.person) ?? person;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {!person && <Select data-autofocus openOnFocus={false} searchable label={t("absences.who")} data={choices(draft.delegate)} value={draft.person} error={faults.person} onChange={(chosen) => set({ person: chosen })} />}
        <Group grow align="flex-start" wrap="nowrap">
          <DayField label={t("absences.from")} minDate={today()} value={draft.from} error={faults.starts_at} onChange={(from) => set({ from })} />
          <HourField label={t("absences.fromHour")} value={draft.fromHour} onChange={(hour) => set({ fromHour: hour })} />
        </Group>
        <Group grow align="flex-start" wrap="nowrap">
          <DayField label={t("absences.until")} minDate={draft.from ?? today()} value={draft.until} error={faults.ends_at} onChange={(until) => set({ until })} />
          <HourField label={t("absences.untilHour")} value={draft.untilHour} onChange={(hour) => set({ untilHour: hour })} />
        </Group>
        <Text size="xs" c="dimmed">
          {t("absences.hoursHint")}
        </Text>
        <Select searchable clearable label={t("absences.delegate")} placeholder={t("absences.delegateHint")} data={choices(draft.person)} value={draft.delegate} error={faults.delegate} onChange={(chosen) => set({ delegate: chosen })} />
        {delegate && away && (
          <Text size="sm" c="dimmed">
            {t("absences.consequence", { delegate: delegate.name, person: away.name })}
          </Text>
        )}
        <TextInput label={t("absences.reason")} description={t("absences.reasonHint")} maxLength={120} value={draft.reason} error={faults.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
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
            {t("absences.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
