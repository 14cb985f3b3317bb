import { Group, SimpleGrid, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { rolesQuery } from "@/features/administration/api/lists";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./Block.module.css";

/** What each role lets a person do, in sentences. */
export function Roles() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(rolesQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={6} />;
  return (
    <>
      <Text c="dimmed" mb="md">
        {t("roles.lead")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        {data.items.map((role) => (
          <section key={role.id} className={classes.block} aria-label={role.name}>
            <Group justify="space-between" mb="xs" wrap="nowrap">
              <Title order={2}>{role.name}</Title>
              <Text size="xs" c="dimmed">
                {t("roles.holders", { count: role.people })}
              </Text>
            </Group>
            {role.rights.length === 0 && <Text c="dimmed">{t("roles.nothing")}</Text>}
            <ul className={classes.rights}>
              {role.rights.map((right) => (
                <li key={right.code}>{right.sentence}</li>
              ))}
            </ul>
          </section>
        ))}
      </SimpleGrid>
    </>
  );
}
