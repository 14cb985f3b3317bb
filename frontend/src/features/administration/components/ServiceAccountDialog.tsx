import { Modal, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { rolesQuery } from "@/features/administration/api/roles";
import { addServiceAccount, serviceAccountsQuery } from "@/features/administration/api/serviceAccounts";
import { FormActs } from "@/features/administration/components/FormActs";
import { useSending } from "@/features/administration/hooks/useSending";
import { sayDone } from "@/ui";

/** Makes room for a program: its name, and the role it may do at most. */
export function ServiceAccountDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} title={t("service.create")}>
      <AccountForm onClose={onClose} />
    </Modal>
  );
}

function AccountForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("administration");
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const { send, faults, setFaults, failure, busy } = useSending({ touches: [serviceAccountsQuery.queryKey, ["people"], ["roles"]] });
  const [name, setName] = useState("");
  const [role, setRole] = useState<string | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!name.trim() || !role) {
      setFaults({ ...(name.trim() ? {} : { name: t("person.missing") }), ...(role ? {} : { role: t("membership.missingRole") }) });
      return;
    }
    if (!(await send(() => addServiceAccount({ name: name.trim(), role })))) return;
    sayDone(t("service.created"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus label={t("service.name")} description={t("service.nameHint")} maxLength={80} value={name} error={faults.name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select searchable label={t("roles.role")} description={t("service.roleHint")} data={roles.map(({ id, name: label }) => ({ value: id, label }))} value={role} error={faults.role} onChange={setRole} />
        <FormActs failure={failure} busy={busy} submit={t("service.create")} onClose={onClose} />
      </Stack>
    </form>
  );
}
