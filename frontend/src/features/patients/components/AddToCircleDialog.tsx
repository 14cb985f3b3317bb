import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { circleRolesQuery } from "@/features/patients/api/circle";
import { newcomers } from "@/features/patients/circle";
import { useNewMember } from "@/features/patients/hooks/useNewMember";
import type { Patient } from "@/features/patients/types";
import { peopleQuery, teamsQuery } from "@/features/session/api/people";

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

function MemberForm({ patient, onClose }: Omit<AddToCircleDialogProps, "opened">) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const roles = useQuery(circleRolesQuery).data?.items ?? [];
  const people = useQuery(peopleQuery).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const { draft, set, choose, faults, failure, busy, submit } = useNewMember(patient, onClose);
  const known = newcomers(teams, people, patient.care_team.members);
  const groups = [
    { group: t("circle.teams"), items: known.teams },
    { group: t("circle.people"), items: known.people },
  ];
  const everyone = [...known.teams, ...known.people];
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
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
        <Select
          searchable
          clearable
          label={t("circle.role")}
          data={roles.map(({ code, name }) => ({ value: code, label: name }))}
          value={draft.role}
          error={faults.role}
          onChange={(role) => set({ role })}
        />
        <TextInput
          label={t("circle.why")}
          placeholder={t("circle.whyHint")}
          maxLength={200}
          value={draft.why}
          error={faults.why}
          onChange={(event) => set({ why: event.currentTarget.value })}
        />
        <Text size="sm" c="dimmed">
          {t("circle.willSee", { name: patient.name })}
        </Text>
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
            {t("circle.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
