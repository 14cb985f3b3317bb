import { Modal, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { addOrganisation, changeOrganisation, type Organisation } from "@/features/administration/api/organisations";
import { FormActs } from "@/features/administration/components/FormActs";
import { useSending } from "@/features/administration/hooks/useSending";
import { peopleQuery } from "@/features/session/api/people";
import { sayDone } from "@/ui";

/** One that exists, or the place and kind of a new one. */
export type StructureDraft = { organisation: Organisation } | { organisation?: undefined; parent: Organisation; kind: "site" | "unit" };

interface StructureDialogProps {
  draft: StructureDraft | null;
  onClose: () => void;
}

/** Names a part of the centre, says where it is and who is told of emergencies there. */
export function StructureDialog({ draft, onClose }: StructureDialogProps) {
  const { t } = useTranslation("administration");
  const title = draft && (draft.organisation ? t("structure.changeOf", { name: draft.organisation.name }) : t(`structure.add_${draft.kind}`));
  return (
    <Modal opened={draft !== null} onClose={onClose} title={title}>
      {draft && <StructureForm draft={draft} onClose={onClose} />}
    </Modal>
  );
}

function StructureForm({ draft, onClose }: { draft: StructureDraft; onClose: () => void }) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const { send, faults, setFaults, failure, busy } = useSending({ touches: [["organisations"], ["organisation"]] });
  const known = draft.organisation;
  const [fields, setFields] = useState({ name: known?.name ?? "", alias: known?.alias ?? "", phone: known?.phone ?? "", address: known?.address ?? "", declared_care_team: known?.declared_care_team ?? false });
  const [referent, setReferent] = useState<string | null>(known?.security_referent?.id ?? null);
  const text = (name: "name" | "alias" | "phone" | "address") => ({
    label: t(`structure.${name}`),
    value: fields[name],
    error: faults[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [name]: value }));
    },
  });
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!fields.name.trim()) {
      setFaults({ name: t("person.missing") });
      return;
    }
    if (!(await send(() => save(draft, { ...fields, security_referent: referent })))) return;
    sayDone(t("structure.saved"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus {...text("name")} />
        <TextInput description={t("structure.aliasHint")} {...text("alias")} />
        <TextInput type="tel" {...text("phone")} />
        <TextInput {...text("address")} />
        <Select searchable clearable label={t("structure.referent")} description={t("structure.referentHint")} data={people.map(({ id, name, profession }) => ({ value: id, label: `${name} · ${profession}` }))} value={referent} error={faults.security_referent} onChange={setReferent} />
        {known?.kind === "centre" && (
          <Switch label={t("structure.careTeamLabel")} description={t("structure.careTeamHint")} checked={fields.declared_care_team} onChange={(event) => setFields({ ...fields, declared_care_team: event.currentTarget.checked })} />
        )}
        <FormActs failure={failure} busy={busy} submit={common("act.save")} onClose={onClose} />
      </Stack>
    </form>
  );
}

interface Fields {
  name: string;
  alias: string;
  phone: string;
  address: string;
  declared_care_team: boolean;
  security_referent: string | null;
}

function save(draft: StructureDraft, { declared_care_team, alias, ...plain }: Fields): Promise<Organisation> {
  if (!draft.organisation) return addOrganisation({ ...plain, alias, parent: draft.parent.id, kind: draft.kind });
  const centre = draft.organisation.kind === "centre" ? { declared_care_team } : {};
  return changeOrganisation(draft.organisation.id, { ...plain, ...centre, ...(alias.trim() ? { alias } : {}) });
}
