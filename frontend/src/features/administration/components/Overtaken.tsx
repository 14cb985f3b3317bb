import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { roleVersionsQuery, type Role } from "@/features/administration/api/roles";
import { dayAndHour } from "@/i18n/when";
import classes from "./Block.module.css";

interface OvertakenProps {
  role: Role;
  /** The version at which one's own changes began. */
  since: number;
  onRead: () => void;
}

/** Another administrator was faster: what they changed; one's own changes are kept and can still be saved. */
export function Overtaken({ role, since, onRead }: OvertakenProps) {
  const { t } = useTranslation("administration");
  const { data } = useQuery(roleVersionsQuery(role.id, role.version));
  const news = data?.items.filter(({ version }) => version > since) ?? [];
  return (
    <Alert role="alert" mb="md" color="amber" variant="light" icon={<IconAlertTriangle aria-hidden size={18} />} title={t("roles.overtaken", { role: role.name })}>
      <ul className={classes.rights}>
        {news.map((item) => (
          <li key={item.version}>
            {t("roles.versionBy", { name: item.by?.name ?? t("roles.system"), when: dayAndHour(item.at) })} {item.changes.join(" ")}
          </li>
        ))}
      </ul>
      {t("roles.overtakenKept")}
      <Button display="block" mt="sm" size="compact-sm" variant="default" onClick={onRead}>
        {t("roles.overtakenRead")}
      </Button>
    </Alert>
  );
}
