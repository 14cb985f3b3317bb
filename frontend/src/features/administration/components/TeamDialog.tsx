import { Modal, MultiSelect, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { organisationsQuery } from "@/features/administration/api/organisations";
import { professionsQuery } from "@/features/administration/api/people";
import { addTeam, changeTeam } from "@/features/administration/api/teams";
import { FormActs } from "@/features/administration/components/FormActs";
import { useSending } from "@/features/administration/hooks/useSending";
import { peopleQuery, type Team } from "@/features/session/api/people";
import { sayDone } from "@/ui";

interface TeamDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The team to change; a new one when none is given. */
  team?: Team;
}

/** Who is in a team, for which professions it answers and where. */
export function TeamDialog({ opened, onClose, team }: TeamDialogProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={team ? t("teams.changeOf", { name: team.name }) : t("teams.create")}>
      <TeamForm team={team} onClose={onClose} />
    </Modal>
  );
}

function TeamForm({ team, onClose }: Omit<TeamDialogProps, "opened">) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const colleagues = useQuery(peopleQuery).data?.items ?? [];
  const professions = useQuery(professionsQuery).data?.items ?? [];
  const places = useQuery(organisationsQuery).data?.items.filter(({ kind }) => kind !== "centre") ?? [];
  const { send, faults, setFaults, failure, busy } = useSending({ touches: [["teams"], ["people"], ["queues"]] });
  const [fields, setFields] = useState(() => ({ name: team?.name ?? "", roles: team?.roles ?? [], entity: team?.entity?.id ?? null, people: team?.people.map(({ id }) => id) ?? [] }));
  const leaving = team?.people.filter(({ id }) => !fields.people.includes(id)) ?? [];
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!fields.name.trim()) {
      setFaults({ name: t("person.missing") });
      return;
    }
    if (!(await send(() => (team ? changeTeam(team.id, fields) : addTeam({ ...fields, code: "" }))))) return;
    sayDone(t(team ? "teams.saved" : "teams.created"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus label={t("teams.name")} maxLength={80} value={fields.name} error={faults.name} onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })} />
        <MultiSelect searchable label={t("teams.members")} data={colleagues.map(({ id, name, profession }) => ({ value: id, label: `${name} · ${profession}` }))} value={fields.people} error={faults.people} onChange={(people) => setFields({ ...fields, people })} />
        {leaving.length > 0 && (
          <Text size="sm" c="var(--late)">
            {t("teams.leaving", { names: leaving.map(({ name }) => name).join(", ") })}
          </Text>
        )}
        <MultiSelect searchable label={t("teams.roles")} description={t("teams.rolesHint")} data={professions.map(({ code, name }) => ({ value: code, label: name }))} value={fields.roles} error={faults.roles} onChange={(roles) => setFields({ ...fields, roles })} />
        <Select clearable label={t("teams.entity")} placeholder={t("teams.wholeCentre")} data={places.map(({ id, name }) => ({ value: id, label: name }))} value={fields.entity} error={faults.entity} onChange={(entity) => setFields({ ...fields, entity })} />
        <FormActs failure={failure} busy={busy} submit={common("act.save")} onClose={onClose} />
      </Stack>
    </form>
  );
}
