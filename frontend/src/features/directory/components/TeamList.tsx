import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { teamsQuery } from "@/features/session/api/people";
import { EmptyState, ErrorState, SkeletonRows, useArrowKeys } from "@/ui";
import { fold } from "@/ui/fold";
import classes from "./DirectoryList.module.css";

/** The teams, found by their name or by somebody's in them. */
export function TeamList({ words, chosen }: { words: string; chosen: string | undefined }) {
  const { t } = useTranslation("directory");
  const onKeyDown = useArrowKeys();
  const { data, error, isPending, refetch } = useQuery(teamsQuery);
  if (isPending) return <SkeletonRows rows={6} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const wanted = fold(words);
  const found = data.items.filter(({ name, people }) => fold([name, ...people.map((person) => person.name)].join(" ")).includes(wanted));
  if (found.length === 0) return <EmptyState>{t("noTeam")}</EmptyState>;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys move the focus between the links inside
    <div className={classes.results} onKeyDown={onKeyDown}>
      <ul className={classes.lines}>
        {found.map((team) => (
          <li key={team.id}>
            <Link data-line to="/annuaire/{-$id}" params={{ id: team.id }} search={{ volet: "equipes" }} className={classes.line} aria-current={team.id === chosen ? "page" : undefined}>
              <span className={classes.icon}>
                <IconUsersGroup aria-hidden size={18} stroke={1.7} />
              </span>
              <span className={classes.words}>
                <span className={classes.name}>{team.name}</span>
                <span className={classes.facts}>{t("people", { count: team.people.length })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
