import { Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { teamsQuery } from "@/features/session/api/people";
import { EmptyState, ErrorState, PersonAvatar, SkeletonRows } from "@/ui";
import classes from "./Block.module.css";

/** The teams that queues and circles speak of. */
export function Teams() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(teamsQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={6} />;
  if (data.items.length === 0) return <EmptyState>{t("teams.empty")}</EmptyState>;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
      {data.items.map((team) => (
        <section key={team.id} className={classes.block} aria-label={team.name}>
          <Group justify="space-between" mb="xs">
            <Title order={2}>{team.name}</Title>
            <Text size="xs" c="dimmed">
              {t("teams.people", { count: team.people.length })}
            </Text>
          </Group>
          <Stack component="ul" gap={6} className={classes.plain}>
            {team.people.map((person) => (
              <Group component="li" key={person.id} gap="xs" wrap="nowrap">
                <PersonAvatar person={person} size={24} />
                <span>{person.name}</span>
                <Text size="xs" c="dimmed" truncate>
                  {person.profession}
                </Text>
              </Group>
            ))}
          </Stack>
        </section>
      ))}
    </SimpleGrid>
  );
}
