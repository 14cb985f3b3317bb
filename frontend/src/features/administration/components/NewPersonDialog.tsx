import { Modal, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { organisationsQuery } from "@/features/administration/api/organisations";
import { createPerson, professionsQuery, type NewPerson } from "@/features/administration/api/people";
import { rolesQuery } from "@/features/administration/api/roles";
import { EndFields, type End } from "@/features/administration/components/EndFields";
import { FormActs } from "@/features/administration/components/FormActs";
import { ShownOnce } from "@/features/administration/components/ShownOnce";
import { useSending } from "@/features/administration/hooks/useSending";
import { endOf } from "@/features/administration/periods";
import { zoneNow } from "@/i18n/when";
import classes from "./PersonSheet.module.css";

type Created = Awaited<ReturnType<typeof createPerson>>;
type Fields = Omit<NewPerson, "role" | "organisation" | "valid_until" | "profession">;

const EMPTY: Fields = { login: "", title: "", given_name: "", family_name: "", profession_label: "", email: "", phone: "", rpps: "" };

/** Opens the door to somebody new: who they are, their first role, and a password that is shown once. */
export function NewPersonDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("administration");
  const [created, setCreated] = useState<Created | null>(null);
  const done = () => {
    onClose();
    setCreated(null);
  };
  return (
    <Modal opened={opened} onClose={done} closeOnClickOutside={false} size="lg" title={t(created ? "people.created" : "people.create")}>
      {created?.first_password === "" ? (
        <Text>{t("people.createdBefore", { name: created.person.name })}</Text>
      ) : created ? (
        <ShownOnce login={created.login} lead={t("people.firstPassword", { name: created.person.name })} secret={created.first_password} onDone={done} />
      ) : (
        <NewPersonForm onCreated={setCreated} onClose={onClose} />
      )}
    </Modal>
  );
}

function NewPersonForm({ onCreated, onClose }: { onCreated: (created: Created) => void; onClose: () => void }) {
  const { t } = useTranslation("administration");
  const draft = useNewPerson(onCreated);
  const { fields, text, faults, failure, busy } = draft;
  return (
    <form onSubmit={(event) => void draft.submit(event)} noValidate>
      <Stack gap="md">
        <div className={classes.names}>
          <TextInput label={t("person.title")} placeholder="Dr" {...text("title")} />
          <TextInput data-autofocus label={t("person.given_name")} {...text("given_name")} />
          <TextInput label={t("person.family_name")} {...text("family_name")} />
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select searchable label={t("people.profession")} data={draft.professions.map(({ code, name }) => ({ value: code, label: name }))} value={draft.profession} error={faults.profession} onChange={draft.chooseProfession} />
          <TextInput label={t("person.profession_label")} placeholder={draft.professions.find(({ code }) => code === draft.profession)?.name} {...text("profession_label")} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t("person.phone")} type="tel" {...text("phone")} />
          <TextInput label={t("person.email")} type="email" {...text("email")} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t("person.rpps")} inputMode="numeric" {...text("rpps")} />
          <TextInput label={t("person.login")} description={t("person.loginHint")} autoCapitalize="none" {...text("login")} value={fields.login} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select searchable label={t("roles.role")} data={draft.roles.map(({ id, name }) => ({ value: id, label: name }))} value={draft.role} error={faults.role} onChange={draft.setRole} />
          <Select allowDeselect={false} label={t("membership.where")} data={draft.places.map(({ id, name }) => ({ value: id, label: name }))} value={draft.place} error={faults.organisation} onChange={draft.setPlace} />
        </SimpleGrid>
        <EndFields end={draft.end} error={faults.valid_until} onChange={draft.setEnd} />
        <FormActs failure={failure} busy={busy} submit={t("people.create")} onClose={onClose} />
      </Stack>
    </form>
  );
}

function useNewPerson(onCreated: (created: Created) => void) {
  const { t } = useTranslation("administration");
  const professions = useQuery(professionsQuery).data?.items ?? [];
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const places = useQuery(organisationsQuery).data?.items ?? [];
  const { send, faults, setFaults, failure, busy } = useSending({ touches: [["people"], ["roles"], ["organisations"]] });
  const key = useRef(newId());
  const [fields, setFields] = useState(EMPTY);
  const [profession, setProfession] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>(null);
  const [chosen, setPlace] = useState<string | null>(null);
  const [end, setEnd] = useState<End>({ day: null, hour: "" });
  const place = chosen ?? places.find(({ kind }) => kind === "centre")?.id ?? null;

  const text = (name: keyof Fields) => ({
    value: fields[name],
    error: faults[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [name]: value }));
    },
  });
  /** The role that goes with a profession is proposed. */
  const chooseProfession = (code: string | null) => {
    setProfession(code);
    const usual = professions.find((known) => known.code === code)?.role;
    setRole(roles.find((known) => known.code === usual)?.id ?? role);
  };
  const missing = (): Record<string, string> => ({
    ...(fields.given_name.trim() ? {} : { given_name: t("person.missing") }),
    ...(fields.family_name.trim() ? {} : { family_name: t("person.missing") }),
    ...(profession ? {} : { profession: t("person.missing") }),
    ...(role ? {} : { role: t("membership.missingRole") }),
  });
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const lacking = missing();
    if (!profession || !role || !place || Object.keys(lacking).length > 0) {
      setFaults(lacking);
      return;
    }
    const created = await send(() => createPerson({ ...fields, profession, role, organisation: place, valid_until: endOf(end.day, end.hour, zoneNow()) }, key.current));
    if (created) onCreated(created);
  };
  return { fields, text, professions, profession, chooseProfession, roles, role, setRole, places, place, setPlace, end, setEnd, faults, failure, busy, submit };
}
