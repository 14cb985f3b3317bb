import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { today } from "@/i18n/when";
import { DayField } from "@/ui/DayField";
import { HourField } from "@/ui/HourField";

export interface End {
  /** the last day, included; null is without end */
  day: string | null;
  hour: string;
}
interface EndFieldsProps {
  end: End;
  onChange: (end: End) => void;
  error?: string;
}

/** The last day and, for who leaves in the middle of it, the hour. */
export function EndFields({ end, onChange, error }: EndFieldsProps) {
  const { t } = useTranslation("administration");
  return (
    <Group grow align="flex-start" wrap="nowrap">
      <DayField
        clearable
        label={t("membership.until")}
        description={t("membership.untilHint")}
        minDate={today()}
        value={end.day}
        error={error}
        onChange={(day) => onChange({ ...end, day })}
      />
      <HourField label={t("membership.hour")} description={t("membership.hourHint")} disabled={!end.day} value={end.hour} onChange={(hour) => onChange({ ...end, hour })} />
    </Group>
  );
}
