import { Checkbox, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { rightsQuery, rolesQuery } from "@/features/administration/api/roles";
import { addServiceToken, serviceAccountsQuery, type NewServiceToken, type ServiceAccount } from "@/features/administration/api/serviceAccounts";
import { FormActs } from "@/features/administration/components/FormActs";
import { ShownOnce } from "@/features/administration/components/ShownOnce";
import { useSending } from "@/features/administration/hooks/useSending";
import { addDays, today } from "@/i18n/when";
import { DayField } from "@/ui/DayField";

const USUAL_DAYS = 90;
const MOST_DAYS = 365;

interface ServiceKeyDialogProps {
  opened: boolean;
  onClose: () => void;
  account: ServiceAccount;
}

/** A key for a program: what it may do with it, and until when; shown once. */
export function ServiceKeyDialog({ opened, onClose, account }: ServiceKeyDialogProps) {
  const { t } = useTranslation("administration");
  const [made, setMade] = useState<NewServiceToken | null>(null);
  const done = () => {
    onClose();
    setMade(null);
  };
  return (
    <Modal opened={opened} onClose={done} closeOnClickOutside={false} title={t("service.addKeyTo", { name: account.name })}>
      {made ? <ShownOnce lead={t("service.once")} secret={made.secret} onDone={done} /> : <KeyForm account={account} onMade={setMade} onClose={onClose} />}
    </Modal>
  );
}

function KeyForm({ account, onMade, onClose }: { account: ServiceAccount; onMade: (made: NewServiceToken) => void; onClose: () => void }) {
  const { t } = useTranslation("administration");
  const { send, faults, setFaults, failure, busy } = useSending({ touches: [serviceAccountsQuery.queryKey] });
  const [label, setLabel] = useState("");
  const [scopes, setScopes] = useState<string[]>([]);
  const [expires_on, setUntil] = useState<string | null>(addDays(today(), USUAL_DAYS));
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!label.trim() || scopes.length === 0 || !expires_on) {
      setFaults({ ...(label.trim() ? {} : { label: t("person.missing") }), ...(scopes.length ? {} : { scopes: t("service.noScope") }), ...(expires_on ? {} : { expires_on: t("person.missing") }) });
      return;
    }
    const made = await send(() => addServiceToken(account.id, { label: label.trim(), scopes, expires_on }));
    if (made) onMade(made);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus label={t("service.label")} maxLength={80} value={label} error={faults.label} onChange={(event) => setLabel(event.currentTarget.value)} />
        <Scopes account={account} chosen={scopes} error={faults.scopes} onChange={setScopes} />
        <DayField label={t("service.until")} minDate={today()} maxDate={addDays(today(), MOST_DAYS)} value={expires_on} error={faults.expires_on} onChange={setUntil} />
        <FormActs failure={failure} busy={busy} submit={t("service.addKey")} onClose={onClose} />
      </Stack>
    </form>
  );
}

interface ScopesProps {
  account: ServiceAccount;
  chosen: string[];
  error?: string;
  onChange: (scopes: string[]) => void;
}

/** Of the rights of the account's role, those that this key carries. */
function Scopes({ account, chosen, error, onChange }: ScopesProps) {
  const { t } = useTranslation("administration");
  const groups = useQuery(rightsQuery).data?.groups ?? [];
  const held = useQuery(rolesQuery).data?.items.find(({ id }) => id === account.role?.id)?.rights ?? [];
  const rights = groups.flatMap((group) => group.rights).filter(({ code }) => held.includes(code));
  return (
    <Checkbox.Group label={t("service.scopes")} description={t("service.scopesHint")} error={error} value={chosen} onChange={onChange}>
      <Stack gap={6} mt="xs">
        {rights.map(({ code, sentence }) => (
          <Checkbox key={code} value={code} label={sentence} />
        ))}
        {rights.length === 0 && <Text c="dimmed">{t("service.roleWithout")}</Text>}
      </Stack>
    </Checkbox.Group>
  );
}
