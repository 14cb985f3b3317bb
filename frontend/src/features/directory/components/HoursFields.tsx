import { ActionIcon, Button, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Hours } from "@/features/directory/types";
import { HourField } from "@/ui/HourField";
import classes from "./HoursFields.module.css";

interface HoursFieldsProps {
  hours: Hours[];
  onChange: (hours: Hours[]) => void;
  error?: string;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MORNING = { from: "08:30", until: "12:30" };
const AFTERNOON = { from: "14:00", until: "18:00" };

/** The usual week: for each day, the hours between which somebody works. */
export function HoursFields({ hours, onChange, error }: HoursFieldsProps) {
  const { t } = useTranslation("directory");
  return (
    <fieldset className={classes.week}>
      <legend>{t("hours")}</legend>
      {DAYS.map((day) => (
        <DayHours key={day} day={day} hours={hours} onChange={onChange} />
      ))}
      {error && (
        <Text role="alert" size="xs" c="var(--urgent)">
          {error}
        </Text>
      )}
    </fieldset>
  );
}

function DayHours({ day, hours, onChange }: HoursFieldsProps & { day: (typeof DAYS)[number] }) {
  const { t } = useTranslation("directory");
  const spans = hours.filter((span) => span.day === day);
  const name = t(`day.${day}`);
  const change = (span: Hours, to: Partial<Hours>) => onChange(hours.map((known) => (known === span ? { ...known, ...to } : known)));
  return (
    <div className={classes.day}>
      <span className={classes.name}>{name}</span>
      <div className={classes.spans}>
        {spans.map((span, index) => (
          <span key={index} className={classes.span}>
            <HourField size="xs" aria-label={t("hoursFrom", { day: name })} value={span.from} onChange={(hour) => change(span, { from: hour })} />
            –
            <HourField size="xs" aria-label={t("hoursUntil", { day: name })} value={span.until} onChange={(hour) => change(span, { until: hour })} />
            <ActionIcon size={28} aria-label={t("hoursRemove", { day: name })} onClick={() => onChange(hours.filter((known) => known !== span))}>
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          </span>
        ))}
        {spans.length < 2 && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus aria-hidden size={14} />} aria-label={t("hoursAddTo", { day: name })} onClick={() => onChange([...hours, { day, ...(spans.length === 0 ? MORNING : AFTERNOON) }])}>
            {t("hoursAdd")}
          </Button>
        )}
      </div>
    </div>
  );
}
