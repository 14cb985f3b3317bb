import { Radio, Select, Stack, Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { BasisDraft } from "@/features/patients/basis";
import { ConsentFields } from "@/features/patients/components/ConsentFields";
import type { Consent } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";
import { numericDay } from "@/i18n/when";
import classes from "./BasisFields.module.css";

interface BasisFieldsProps {
  /** Why a basis is asked for, as the server says it. */
  reason: string;
  draft: BasisDraft;
  consents: Consent[];
  faults: Record<string, string>;
  onChange: (change: Partial<BasisDraft>) => void;
}

const NEW = "new";

/** What allows sharing with somebody outside the care team: they take part in the care, or the patient has agreed. */
export function BasisFields({ reason, draft, consents, faults, onChange }: BasisFieldsProps) {
  const { t } = useTranslation("patients");
  const inForce = consents.filter(({ withdrawn_at }) => withdrawn_at === null);
  return (
    <div className={classes.basis}>
      <Text role="alert" mb="sm">
        {reason}
      </Text>
      <Radio.Group label={t("basis.label")} value={draft.kind} onChange={(kind) => onChange({ kind })}>
        <Stack gap="xs" mt={4}>
          <Radio value="exchange" label={t("basis.exchange")} description={t("basis.exchangeHelp")} />
          <Radio value="consent" label={t("basis.consent")} description={t("basis.consentHelp")} />
        </Stack>
      </Radio.Group>
      {draft.kind === "exchange" && (
        <Textarea
          autosize
          mt="sm"
          maxLength={300}
          label={t("basis.why")}
          placeholder={t("basis.whyHint")}
          value={draft.why}
          error={faults.why ?? faults.basis}
          onChange={(event) => onChange({ why: event.currentTarget.value })}
        />
      )}
      {draft.kind === "consent" && <ChooseConsent draft={draft} consents={inForce} faults={faults} onChange={onChange} />}
    </div>
  );
}

function ChooseConsent({ draft, consents, faults, onChange }: Omit<BasisFieldsProps, "reason">) {
  const { t } = useTranslation("patients");
  const mayCollect = useMay("consent.collect");
  const known = consents.map(({ id, scope, collected_on }) => ({ value: id, label: `${numericDay(collected_on)} · ${scope}` }));
  const choices = mayCollect ? [...known, { value: NEW, label: t("basis.newConsent") }] : known;
  if (choices.length === 0) return <Text mt="sm">{t("basis.noConsent")}</Text>;
  return (
    <Stack gap="sm" mt="sm">
      {known.length > 0 && (
        <Select
          allowDeselect={false}
          label={t("basis.which")}
          data={choices}
          value={draft.consent ?? (mayCollect ? NEW : null)}
          error={faults.consent ?? faults.basis}
          onChange={(consent) => onChange({ consent: consent === NEW ? null : consent })}
        />
      )}
      {mayCollect && draft.consent === null && (
        <ConsentFields draft={draft.collected} faults={faults} onChange={(change) => onChange({ collected: { ...draft.collected, ...change } })} />
      )}
    </Stack>
  );
}
