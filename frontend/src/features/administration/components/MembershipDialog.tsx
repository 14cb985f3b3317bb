import { Modal, Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { organisationsQuery } from "@/features/administration/api/organisations";
import { addMembership } from "@/features/administration/api/people";
import { rolesQuery } from "@/features/administration/api/roles";
import { EndFields, type End } from "@/features/administration/components/EndFields";
import { FormActs } from "@/features/administration/components/FormActs";
import { useSending } from "@/features/administration/hooks/useSending";
import { endOf } from "@/features/administration/periods";
import { instantOf } from "@/features/directory/absences";
import type { Colleague } from "@/features/directory/types";
import { today, zoneNow } from "@/i18n/when";
import { sayDone } from "@/ui";
import { DayField } from "@/ui/DayField";

interface MembershipDialogProps {
  opened: boolean;
  onClose: () => void;
  person: Colleague;
}

/** Gives somebody a role somewhere, for good or for a time. */
export function MembershipDialog({ opened, onClose, person }: MembershipDialogProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} title={t("membership.addTo", { name: person.name })}>
      <MembershipForm person={person} onClose={onClose} />
    </Modal>
  );
}

function MembershipForm({ person, onClose }: Omit<MembershipDialogProps, "opened">) {
  const { t } = useTranslation("administration");
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const places = useQuery(organisationsQuery).data?.items ?? [];
  const { send, faults, setFaults, failure, busy } = useSending({ touches: [["people"], ["roles"]] });
  const [role, setRole] = useState<string | null>(null);
  const [chosen, setPlace] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [end, setEnd] = useState<End>({ day: null, hour: "" });
  const place = chosen ?? places.find(({ kind }) => kind === "centre")?.id ?? null;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!role || !place) {
      setFaults({ role: t("membership.missingRole") });
      return;
    }
    const valid_from = from && from > today() ? instantOf(`${from}T00:00`, zoneNow()) : null;
    const fields = { role, organisation: place, valid_from, valid_until: endOf(end.day, end.hour, zoneNow()) };
    if (!(await send(() => addMembership(person.id, fields)))) return;
    sayDone(t("membership.added"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Select data-autofocus openOnFocus={false} searchable label={t("roles.role")} data={roles.map(({ id, name }) => ({ value: id, label: name }))} value={role} error={faults.role} onChange={setRole} />
        <Select allowDeselect={false} label={t("membership.where")} data={places.map(({ id, name }) => ({ value: id, label: name }))} value={place} error={faults.organisation} onChange={setPlace} />
        <DayField clearable label={t("membership.from")} description={t("membership.fromHint")} minDate={today()} value={from} error={faults.valid_from} onChange={setFrom} />
        <EndFields end={end} error={faults.valid_until} onChange={setEnd} />
        <FormActs failure={failure} busy={busy} submit={t("membership.add")} onClose={onClose} />
      </Stack>
    </form>
  );
}
