import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { rightsQuery } from "@/features/account/api/rights";
import { openToken, tokensQuery, type NewToken } from "@/features/account/api/tokens";
import { grantable } from "@/features/account/scopes";
import { useFault } from "@/features/session/hooks/useFault";
import { useMe } from "@/features/session/hooks/useSession";
import { addDays, today } from "@/i18n/when";
import { ErrorState, SkeletonRows } from "@/ui";
import { DayField } from "@/ui/DayField";

const USUAL_DAYS = 90;
const MOST_DAYS = 365;

interface NewProgramProps {
  onMade: (made: NewToken) => void;
  onCancel: () => void;
}

/** Which program, what it may do, and until when. */
export function NewProgram({ onMade, onCancel }: NewProgramProps) {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const fault = useFault();
  const [label, setLabel] = useState("");
  const [scopes, setScopes] = useState<string[]>([]);
  const [until, setUntil] = useState<string | null>(addDays(today(), USUAL_DAYS));
  const opening = useMutation({
    mutationFn: () => openToken({ label: label.trim(), scopes, expires_on: until ?? "" }),
    onSuccess: async (made) => {
      onMade(made);
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t("programs.label")}
          placeholder={t("programs.labelHelp")}
          data-autofocus
          required
          withAsterisk={false}
          maxLength={80}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Scopes chosen={scopes} onChange={setScopes} />
        <DayField label={t("programs.until")} required withAsterisk={false} minDate={addDays(today(), 1)} maxDate={addDays(today(), MOST_DAYS)} value={until} onChange={setUntil} />
        {opening.error && (
          <Text c="var(--urgent)" role="alert">
            {fault(opening.error)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common("act.cancel")}
          </Button>
          <Button type="submit" loading={opening.isPending} disabled={!label.trim() || scopes.length === 0 || !until}>
            {t("programs.open")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Scopes({ chosen, onChange }: { chosen: string[]; onChange: (scopes: string[]) => void }) {
  const { t } = useTranslation("account");
  const me = useMe();
  const { data, error, isPending, refetch } = useQuery(rightsQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  return (
    <Checkbox.Group label={t("programs.scopes")} description={t("programs.noScope")} value={chosen} onChange={onChange}>
      <Stack gap="sm" mt="xs">
        {grantable(data.groups, me.rights).map(({ name, rights }) => (
          <Stack key={name} gap={6}>
            <Text size="xs" c="dimmed" fw={550}>
              {name}
            </Text>
            {rights.map(({ code, sentence }) => (
              <Checkbox key={code} value={code} label={sentence} />
            ))}
          </Stack>
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
