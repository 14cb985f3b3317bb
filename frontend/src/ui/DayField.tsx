import "@mantine/dates/styles.css";
import "dayjs/locale/fr";

import { DateInput, DatesProvider, type DateInputProps } from "@mantine/dates";
import customParse from "dayjs/plugin/customParseFormat";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { languageNow } from "@/i18n";

dayjs.extend(customParse);

type DayFieldProps = Omit<DateInputProps, "value" | "onChange"> & {
  /** "2026-11-23", or null */
  value: string | null;
  onChange: (day: string | null) => void;
};

/** A day typed as 23/11/2026 or picked in a calendar that starts on Monday. */
export function DayField({ value, onChange, ...field }: DayFieldProps) {
  const { t } = useTranslation();
  return (
    <DatesProvider settings={{ locale: languageNow(), firstDayOfWeek: 1, weekendDays: [0, 6] }}>
      <DateInput
        valueFormat="DD/MM/YYYY"
        placeholder="23/11/2026"
        hideOutsideDates
        previousLabel={t("day.previous")}
        nextLabel={t("day.next")}
        clearButtonProps={{ "aria-label": t("day.clear") }}
        value={value}
        onChange={onChange}
        {...field}
      />
    </DatesProvider>
  );
}
