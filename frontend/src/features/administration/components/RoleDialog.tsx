import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { createRole, rolesQuery, saveRole, type Role } from "@/features/administration/api/roles";
import { sayDone, useSentence } from "@/ui";

interface RoleDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The role to rename; a new one when none is given. */
  role?: Role;
  roles: Role[];
}

/** Names a role: a new one, which may start with the rights of another, or one that exists. */
export function RoleDialog({ opened, onClose, role, roles }: RoleDialogProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} title={t(role ? "roles.rename" : "roles.create")}>
      <RoleForm key={role?.id} role={role} roles={roles} onClose={onClose} />
    </Modal>
  );
}

function RoleForm({ role, roles, onClose }: Omit<RoleDialogProps, "opened">) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const [name, setName] = useState(role?.name ?? "");
  const [model, setModel] = useState<string | null>(null);
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const rights = roles.find(({ id }) => id === model)?.rights ?? [];
  const write = () => (role ? saveRole(role.id, { name: name.trim(), rights: role.rights, version: role.version }) : createRole({ name: name.trim(), rights }));
  const send = async () => {
    setBusy(true);
    try {
      await write();
      sayDone(t(role ? "roles.renamed" : "roles.created"));
      onClose();
    } catch (error) {
      setFailure(sentence(error));
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: rolesQuery.queryKey });
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim()) void send();
    else setFailure(t("roles.missingName"));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus label={t("roles.name")} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {!role && <Select clearable label={t("roles.model")} description={t("roles.modelHint")} data={roles.map(({ id, name: label }) => ({ value: id, label }))} value={model} onChange={setModel} />}
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
            {t(role ? "roles.rename" : "roles.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
