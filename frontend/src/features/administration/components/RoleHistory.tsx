import { Drawer, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { roleVersionsQuery, type Role } from "@/features/administration/api/roles";
import { dayAndHour } from "@/i18n/when";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import classes from "./Block.module.css";

/** Every version of a role, latest first: when, by whom, and what it changed. */
export function RoleHistory({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const { t } = useTranslation("administration");
  return (
    <Drawer opened={role !== undefined} onClose={onClose} position="right" size={460} title={t("roles.historyOf", { role: role?.name ?? "" })}>
      {role && <Versions role={role} />}
    </Drawer>
  );
}

function Versions({ role }: { role: Role }) {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(roleVersionsQuery(role.id, role.version));
  if (isPending) return <SkeletonRows rows={4} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <EmptyState>{t("roles.neverChanged")}</EmptyState>;
  return (
    <ol className={classes.plain}>
      {data.items.map((item) => (
        <li key={item.version} className={classes.feed}>
          <Text fw={550}>{dayAndHour(item.at)}</Text>
          <Text size="xs" c="dimmed">
            {t("roles.version", { version: item.version })} · {item.by?.name ?? t("roles.system")}
          </Text>
          <ul className={classes.rights}>
            {item.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
          {item.changes.length === 0 && <Text size="sm">{t("roles.firstVersion")}</Text>}
        </li>
      ))}
    </ol>
  );
}
