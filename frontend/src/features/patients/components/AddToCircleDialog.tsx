import { Group, Modal, Select, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { circleRolesQuery } from "@/features/patients/api/circle";
import { newcomers } from "@/features/patients/circle";
import { BasisFields } from "@/features/patients/components/BasisFields";
import { DialogForm } from "@/features/patients/components/DialogForm";
import { useNewMember } from "@/features/patients/hooks/useNewMember";
import type { Patient } from "@/features/patients/types";
import { peopleQuery, teamsQuery } from "@/features/session/api/people";
import { today } from "@/i18n/when";
import { DayField } from "@/ui/DayField";

interface AddToCircleDialogProps {
  opened: boolean;
  onClose: () => void;
  patient: Patient;
}

/** Brings a person or a team into a patient's circle, and says what they will see. */
export function AddToCircleDialog({ opened, onClose, patient }: AddToCircleDialogProps) {
  const { t } = useTranslation("patients");
  return (
    <Modal opened={opened} onClose={onClose} title={t("circle.addTitle", { name: patient.name })}>
      <MemberForm patient={patient} onClose={onClose} />
    </Modal>
  );
}

/** Everyone who may be brought in, as the two groups of one list. */
function useCandidates(patient: Patient) {
  const { t } = useTranslation("patients");
  const people = useQuery(peopleQuery).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const known = newcomers(teams, people, patient.circle.members);
  const groups = [
    { group: t("circle.teams"), items: known.teams },
    { group: t("circle.people"), items: known.people },
  ];
  return { groups, everyone: [...known.teams, ...known.people] };
}

function MemberForm({ patient, onClose }: Omit<AddToCircleDialogProps, "opened">) {
  const { t } = useTranslation("patients");
  const roles = useQuery(circleRolesQuery).data?.items ?? [];
  const { draft, set, choose, submit, sharing, setBasis } = useNewMember(patient, onClose);
  const { groups, everyone } = useCandidates(patient);
  const { faults, missing } = sharing;
  return (
    <DialogForm onSubmit={submit} onClose={onClose} submit={t("circle.add")} busy={sharing.busy} failure={sharing.failure}>
      <Select
        data-autofocus
        searchable
        label={t("circle.who")}
        placeholder={t("circle.whoHint")}
        data={groups}
        value={draft.who}
        error={faults.person}
        onChange={(who) => choose(everyone.find(({ value }) => value === who))}
      />
      <Group grow align="flex-start">
        <Select
          searchable
          clearable
          label={t("circle.role")}
          data={roles.map(({ code, name }) => ({ value: code, label: name }))}
          value={draft.role}
          error={faults.role}
          onChange={(role) => set({ role })}
        />
        <DayField
          clearable
          label={t("circle.until")}
          placeholder={t("circle.untilHint")}
          minDate={today()}
          value={draft.until}
          error={faults.until}
          onChange={(until) => set({ until })}
        />
      </Group>
      <TextInput
        label={t("circle.why")}
        placeholder={t("circle.whyHint")}
        maxLength={300}
        value={draft.why}
        error={missing ? undefined : faults.why}
        onChange={(event) => set({ why: event.currentTarget.value })}
      />
      {missing && <BasisFields reason={missing} draft={sharing.draft} consents={patient.consents} faults={faults} onChange={setBasis} />}
      <Text size="sm" c="dimmed">
        {t("circle.willSee", { name: patient.name })}
      </Text>
    </DialogForm>
  );
}
