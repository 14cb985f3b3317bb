import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Hours } from "@/features/directory/types";
import { weekOf } from "@/features/directory/week";
import classes from "./Pane.module.css";

/** The usual week, a line per day. */
export function WorkingWeek({ hours }: { hours: Hours[] }) {
  const { t } = useTranslation("directory");
  if (hours.length === 0) return <Text c="dimmed">{t("hoursNotSaid")}</Text>;
  return (
    <dl className={classes.facts} data-figures>
      {weekOf(hours).map(({ day, spans }) => (
        <div key={day} className={classes.pair}>
          <dt>{t(`day.${day as 1}`)}</dt>
          <dd>{spans.map(({ from, until }) => `${from} – ${until}`).join(", ") || "—"}</dd>
        </div>
      ))}
    </dl>
  );
}
