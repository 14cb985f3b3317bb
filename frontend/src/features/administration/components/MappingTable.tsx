import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { institutionQuery, saveMapping, type Institution, type Mapping } from "@/features/administration/api/institution";
import { organisationsQuery } from "@/features/administration/api/organisations";
import { professionsQuery } from "@/features/administration/api/people";
import { rolesQuery } from "@/features/administration/api/roles";
import { useSending } from "@/features/administration/hooks/useSending";
import { teamsQuery } from "@/features/session/api/people";
import { sayDone } from "@/ui";
import classes from "./MappingTable.module.css";

interface Line extends Mapping {
  profession: string;
}

/** The mapping as it is typed: a line per group of the directory, and what the group gives. */
export function MappingTable({ state }: { state: Institution }) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const { send, failure, busy } = useSending({ touches: [institutionQuery.queryKey] });
  const kept = state.items.map((item): Line => ({ group: item.group, organisation: item.organisation.id, role: item.role.id, team: item.team?.id ?? null, profession: item.profession }));
  const [lines, setLines] = useState(kept);
  const choices = useChoices();
  const changed = JSON.stringify(lines) !== JSON.stringify(kept);
  const change = (index: number, to: Partial<Line>) => setLines(lines.map((line, at) => (at === index ? { ...line, ...to } : line)));
  const add = (group = "") => setLines([...lines, { group, organisation: choices.centre, role: "", team: null, profession: "" }]);
  const complete = lines.every(({ group, role }) => group.trim() && role);
  const unknown = state.last?.report?.unknown_groups.filter(({ group }) => !lines.some((line) => line.group.toLowerCase() === group.toLowerCase())) ?? [];
  const save = async () => {
    if (await send(() => saveMapping(lines.map((line) => ({ ...line, organisation: line.organisation || choices.centre }))))) sayDone(t("institution.saved"));
  };
  return (
    <Stack gap="sm">
      {lines.length === 0 && <Text c="dimmed">{t("institution.noMapping")}</Text>}
      <ul className={classes.lines}>
        {lines.map((line, index) => (
          <MappingLine key={index} line={line} choices={choices} onChange={(to) => change(index, to)} onRemove={() => setLines(lines.filter((_, at) => at !== index))} />
        ))}
      </ul>
      {unknown.length > 0 && (
        <Group gap="xs">
          <Text size="sm">{t("institution.unknown")}</Text>
          {unknown.slice(0, 8).map(({ group, people }) => (
            <Button key={group} size="compact-xs" variant="light" onClick={() => add(group)}>
              {t("institution.unknownGroup", { group, count: people })}
            </Button>
          ))}
        </Group>
      )}
      {failure && (
        <Text role="alert" c="var(--urgent)">
          {failure}
        </Text>
      )}
      <Group>
        <Button variant="default" leftSection={<IconPlus aria-hidden size={16} stroke={1.8} />} onClick={() => add()}>
          {t("institution.add")}
        </Button>
        {changed && (
          <>
            <Button loading={busy} disabled={!complete} onClick={() => void save()}>
              {common("act.save")}
            </Button>
            <Text size="xs" c="dimmed">
              {t("institution.notYet")}
            </Text>
          </>
        )}
      </Group>
    </Stack>
  );
}

type Choice = { value: string; label: string };
const choicesOf = (items: { id: string; name: string }[] | undefined): Choice[] => (items ?? []).map(({ id, name }) => ({ value: id, label: name }));

function useChoices() {
  const places = useQuery(organisationsQuery).data?.items;
  const roles = choicesOf(useQuery(rolesQuery).data?.items);
  const teams = choicesOf(useQuery(teamsQuery).data?.items);
  const professions = (useQuery(professionsQuery).data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return { places: choicesOf(places), centre: places?.find(({ kind }) => kind === "centre")?.id ?? "", roles, teams, professions };
}

interface MappingLineProps {
  line: Line;
  choices: ReturnType<typeof useChoices>;
  onChange: (to: Partial<Line>) => void;
  onRemove: () => void;
}

function MappingLine({ line, choices, onChange, onRemove }: MappingLineProps) {
  const { t } = useTranslation("administration");
  return (
    <li className={classes.line}>
      <TextInput className={classes.group} label={t("institution.group")} placeholder="cn=infirmiers,ou=groupes,dc=…" value={line.group} onChange={(event) => onChange({ group: event.currentTarget.value })} />
      <Select searchable label={t("roles.role")} data={choices.roles} value={line.role || null} allowDeselect={false} onChange={(role) => onChange({ role: role ?? "" })} />
      <Select label={t("membership.where")} data={choices.places} value={line.organisation || choices.centre || null} allowDeselect={false} onChange={(organisation) => onChange({ organisation: organisation ?? "" })} />
      <Select clearable label={t("institution.team")} placeholder="—" data={choices.teams} value={line.team ?? null} onChange={(team) => onChange({ team })} />
      <Select searchable clearable label={t("people.profession")} placeholder="—" data={choices.professions} value={line.profession || null} onChange={(profession) => onChange({ profession: profession ?? "" })} />
      <ActionIcon size={36} color="red" className={classes.remove} aria-label={t("institution.remove", { group: line.group })} onClick={onRemove}>
        <IconTrash size={18} stroke={1.7} />
      </ActionIcon>
    </li>
  );
}
