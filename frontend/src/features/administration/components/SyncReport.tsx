import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Report } from "@/features/administration/api/institution";
import classes from "./Block.module.css";

/** What a synchronisation did, or would do: the whole in a sentence, what to look at, then a line per person. */
export function SyncReport({ report }: { report: Report }) {
  const { t } = useTranslation("administration");
  return (
    <div role="status">
      <Text fw={550} mt="md">
        {report.sentence}
      </Text>
      {report.remarks.length > 0 && (
        <Alert mt="sm" color="amber" variant="light" icon={<IconAlertTriangle aria-hidden size={18} />} title={t("institution.look")}>
          <ul className={classes.rights}>
            {report.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Alert>
      )}
      {report.lines.length > 0 && (
        <ul className={classes.rights}>
          {report.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {report.more > 0 && <Text c="dimmed">{t("institution.more", { count: report.more })}</Text>}
    </div>
  );
}
