import { Modal, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { professionsQuery } from "@/features/administration/api/people";
import { FormActs } from "@/features/administration/components/FormActs";
import { useSending } from "@/features/administration/hooks/useSending";
import { changePerson } from "@/features/directory/api/people";
import { HoursFields } from "@/features/directory/components/HoursFields";
import type { Colleague } from "@/features/directory/types";
import { sayDone } from "@/ui";
import classes from "./PersonSheet.module.css";

interface PersonDialogProps {
  opened: boolean;
  onClose: () => void;
  person: Colleague;
}

type TextField = "title" | "given_name" | "family_name" | "profession_label" | "phone" | "email" | "rpps";

/** Corrects who somebody is and how to reach them. */
export function PersonDialog({ opened, onClose, person }: PersonDialogProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t("people.editTitle", { name: person.name })}>
      <PersonForm person={person} onClose={onClose} />
    </Modal>
  );
}

function PersonForm({ person, onClose }: Omit<PersonDialogProps, "opened">) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const professions = useQuery(professionsQuery).data?.items ?? [];
  const { send, faults, failure, busy } = useSending({ touches: [["people"], ["teams"]] });
  const { title, given_name, family_name, phone, email, rpps, hours } = person;
  const [fields, setFields] = useState({ title, given_name, family_name, profession_label: person.profession, phone, email, rpps, hours, profession: person.role });
  const text = (name: TextField) => ({
    label: t(`person.${name}`),
    value: fields[name],
    error: faults[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [name]: value }));
    },
  });
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!(await send(() => changePerson(person.id, fields)))) return;
    sayDone(t("people.saved"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <div className={classes.names}>
          <TextInput {...text("title")} />
          <TextInput data-autofocus {...text("given_name")} />
          <TextInput {...text("family_name")} />
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select searchable allowDeselect={false} label={t("people.profession")} data={professions.map(({ code, name }) => ({ value: code, label: name }))} value={fields.profession} error={faults.profession} onChange={(profession) => profession && setFields({ ...fields, profession })} />
          <TextInput {...text("profession_label")} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput type="tel" {...text("phone")} />
          <TextInput type="email" {...text("email")} />
          <TextInput inputMode="numeric" {...text("rpps")} />
        </SimpleGrid>
        <HoursFields hours={fields.hours} error={faults.hours} onChange={(next) => setFields({ ...fields, hours: next })} />
        <FormActs failure={failure} busy={busy} submit={common("act.save")} onClose={onClose} />
      </Stack>
    </form>
  );
}
