import { Input, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { NewConsent } from "@/features/patients/api/sharing";
import { DayField } from "@/ui/DayField";
import { today } from "@/i18n/when";

const WAYS = ["oral", "written", "electronic"] as const;

interface ConsentFieldsProps {
  draft: NewConsent;
  faults: Record<string, string>;
  onChange: (change: Partial<NewConsent>) => void;
}

/** What a patient agrees to share, with whom, when and how they said so. */
export function ConsentFields({ draft, faults, onChange }: ConsentFieldsProps) {
  const { t } = useTranslation("patients");
  return (
    <>
      <Textarea
        autosize
        minRows={2}
        maxLength={300}
        label={t("consent.scope")}
        placeholder={t("consent.scopeHint")}
        value={draft.scope}
        error={faults.scope}
        onChange={(event) => onChange({ scope: event.currentTarget.value })}
      />
      <TextInput
        maxLength={300}
        label={t("consent.recipients")}
        placeholder={t("consent.recipientsHint")}
        value={draft.recipients}
        error={faults.recipients}
        onChange={(event) => onChange({ recipients: event.currentTarget.value })}
      />
      <DayField
        label={t("consent.on")}
        maxDate={today()}
        value={draft.collected_on}
        error={faults.collected_on}
        onChange={(day) => day && onChange({ collected_on: day })}
      />
      <Input.Wrapper label={t("consent.how")} labelElement="div" id="consent-how" error={faults.how}>
        <SegmentedControl
          fullWidth
          aria-labelledby="consent-how-label"
          value={draft.how}
          data={WAYS.map((value) => ({ value, label: t(`consent.way.${value}`) }))}
          onChange={(how) => onChange({ how })}
        />
      </Input.Wrapper>
      <TextInput
        maxLength={300}
        label={t("consent.evidence")}
        placeholder={t("consent.evidenceHint")}
        value={draft.evidence}
        error={faults.evidence}
        onChange={(event) => onChange({ evidence: event.currentTarget.value })}
      />
    </>
  );
}
