import { Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { professionsQuery } from "@/features/administration/api/people";
import { TeamDialog } from "@/features/administration/components/TeamDialog";
import { teamsQuery, type Team } from "@/features/session/api/people";
import { EmptyState, ErrorState, PersonAvatar, SkeletonRows } from "@/ui";
import classes from "./Block.module.css";
import page from "./Roles.module.css";

/** The teams that queues and circles speak of, and who is in them. */
export function Teams() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(teamsQuery);
  const [edited, setEdited] = useState<Team | "new" | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={6} />;
  return (
    <>
      <div className={page.lead}>
        <Text c="dimmed">{t("teams.lead")}</Text>
        <Button flex="none" leftSection={<IconPlus aria-hidden size={16} stroke={1.8} />} onClick={() => setEdited("new")}>
          {t("teams.create")}
        </Button>
      </div>
      {data.items.length === 0 && <EmptyState>{t("teams.empty")}</EmptyState>}
      <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }} spacing="md">
        {data.items.map((team) => (
          <TeamCard key={team.id} team={team} onEdit={() => setEdited(team)} />
        ))}
      </SimpleGrid>
      <TeamDialog opened={edited !== null} team={edited === "new" ? undefined : (edited ?? undefined)} onClose={() => setEdited(null)} />
    </>
  );
}

function TeamCard({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const { t } = useTranslation("administration");
  const professions = useQuery(professionsQuery).data?.items ?? [];
  const answersFor = team.roles.map((code) => professions.find((known) => known.code === code)?.name ?? code).join(", ");
  return (
    <section className={classes.block} aria-label={team.name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={3}>{team.name}</Title>
        <Button size="compact-sm" flex="none" variant="default" aria-label={t("teams.changeOf", { name: team.name })} onClick={onEdit}>
          {t("structure.change")}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        {t("teams.people", { count: team.people.length })}
        {team.entity && ` · ${team.entity.name}`}
        {answersFor && ` · ${t("teams.answersFor", { professions: answersFor })}`}
      </Text>
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
  );
}
