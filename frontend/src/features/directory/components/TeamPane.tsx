import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Pane } from "@/features/directory/components/Pane";
import { PersonLink } from "@/features/directory/components/PersonLink";
import { teamsQuery } from "@/features/session/api/people";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import classes from "./Pane.module.css";

/** A team and who is in it. */
export function TeamPane({ id }: { id: string }) {
  const { t } = useTranslation("directory");
  const { data, error, isPending, refetch } = useQuery(teamsQuery);
  const team = data?.items.find((known) => known.id === id);
  const head = team && (
    <div className={classes.who}>
      <Title order={2}>{team.name}</Title>
      <Text c="dimmed">{t("people", { count: team.people.length })}</Text>
    </div>
  );
  return (
    <Pane from="equipes" head={head}>
      {isPending && <SkeletonRows avatars />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && !team && <EmptyState>{t("unknown")}</EmptyState>}
      {team?.people.length === 0 && <EmptyState>{t("emptyTeam")}</EmptyState>}
      <ul className={classes.plain}>
        {team?.people.map((person) => (
          <li key={person.id}>
            <PersonLink person={person} />
          </li>
        ))}
      </ul>
    </Pane>
  );
}
