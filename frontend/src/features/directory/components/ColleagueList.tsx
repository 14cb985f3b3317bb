import { Button, Text } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { colleaguesQuery } from "@/features/directory/api/people";
import { PresenceMark } from "@/features/directory/components/PresenceMark";
import type { Colleague } from "@/features/directory/types";
import { EmptyState, ErrorState, PersonAvatar, SkeletonRows, useArrowKeys } from "@/ui";
import classes from "./DirectoryList.module.css";

interface ColleagueListProps {
  words: string;
  chosen: string | undefined;
  /** Whether one's own absences are what is open beside. */
  absences: boolean;
}

/** The colleagues who work here, found by name, profession, site or RPPS. */
export function ColleagueList({ words, chosen, absences }: ColleagueListProps) {
  const { t } = useTranslation("directory");
  const onKeyDown = useArrowKeys();
  const found = useInfiniteQuery({ ...colleaguesQuery({ q: words || undefined }), placeholderData: keepPreviousData });
  const people = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys move the focus between the links inside
    <div className={classes.results} onKeyDown={onKeyDown}>
      <AbsencesLine open={absences} />
      {found.isPending && <SkeletonRows rows={8} avatars />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && people.length === 0 && <EmptyState>{t("nobody")}</EmptyState>}
      {words && people.length > 0 && (
        <Text className={classes.count} role="status">
          {t("found", { count: people.length, more: found.hasNextPage ? "+" : "" })}
        </Text>
      )}
      <ul className={classes.lines}>
        {people.map((person) => (
          <ColleagueLine key={person.id} person={person} chosen={person.id === chosen} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button fullWidth variant="subtle" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}

function AbsencesLine({ open }: { open: boolean }) {
  const { t } = useTranslation("directory");
  return (
    <div className={classes.own}>
      <Link data-line to="/annuaire/{-$id}" params={{ id: undefined }} search={{ volet: "absences" }} className={classes.line} aria-current={open ? "page" : undefined}>
        <span className={classes.icon}>
          <IconCalendarOff aria-hidden size={18} stroke={1.7} />
        </span>
        <span className={classes.words}>
          <span className={classes.name}>{t("absences.title")}</span>
          <span className={classes.facts}>{t("absences.line")}</span>
        </span>
      </Link>
    </div>
  );
}

function ColleagueLine({ person, chosen }: { person: Colleague; chosen: boolean }) {
  const where = person.sites.map(({ name }) => name).join(", ");
  return (
    <li>
      <Link data-line to="/annuaire/{-$id}" params={{ id: person.id }} search={{}} className={classes.line} aria-current={chosen ? "page" : undefined}>
        <PersonAvatar person={person} />
        <span className={classes.words}>
          <span className={classes.name}>{person.name}</span>
          <span className={classes.facts}>{[person.profession, where].filter(Boolean).join(" · ")}</span>
          {person.presence === "absent" && <PresenceMark person={person} />}
        </span>
      </Link>
    </li>
  );
}
