import { Badge, Button, Checkbox, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { organisationsQuery } from "@/features/administration/api/organisations";
import { professionsQuery } from "@/features/administration/api/people";
import { NewPersonDialog } from "@/features/administration/components/NewPersonDialog";
import { PersonSheet } from "@/features/administration/components/PersonSheet";
import { colleaguesQuery } from "@/features/directory/api/people";
import type { Colleague, PeopleFilter } from "@/features/directory/types";
import { day } from "@/i18n/when";
import { EmptyState, ErrorState, PersonAvatar, SkeletonRows, useArrowKeys } from "@/ui";
import classes from "./People.module.css";

/** Who has access, in which role and until when; each opens what can be changed about them. */
export function People() {
  const { t } = useTranslation("administration");
  const { personne } = useSearch({ from: "/administration" });
  const navigate = useNavigate({ from: "/administration" });
  const [filter, setFilter] = useState<PeopleFilter>({});
  const [creating, creation] = useDisclosure(false);
  const onKeyDown = useArrowKeys();
  const found = useInfiniteQuery({ ...colleaguesQuery(filter), placeholderData: keepPreviousData });
  const people = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={classes.tools}>
        <Filters filter={filter} onChange={setFilter} />
        <Button className={classes.create} leftSection={<IconUserPlus aria-hidden size={16} stroke={1.8} />} onClick={creation.open}>
          {t("people.create")}
        </Button>
      </div>
      {found.isPending && <SkeletonRows rows={8} avatars />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && people.length === 0 && <EmptyState>{t("people.nobody")}</EmptyState>}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move the focus between the links inside */}
      <ul className={classes.lines} onKeyDown={onKeyDown}>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" mt="md" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("people.more")}
        </Button>
      )}
      <NewPersonDialog opened={creating} onClose={creation.close} />
      <PersonSheet id={personne} onClose={() => void navigate({ search: { volet: "personnes" } })} />
    </>
  );
}

function Filters({ filter, onChange }: { filter: PeopleFilter; onChange: (filter: PeopleFilter) => void }) {
  const { t } = useTranslation("administration");
  const professions = useQuery(professionsQuery).data?.items ?? [];
  const places = useQuery(organisationsQuery).data?.items.filter(({ kind }) => kind !== "centre") ?? [];
  const [words, setWords] = useState("");
  const [settled] = useDebouncedValue(words.trim(), 200);
  if ((filter.q ?? "") !== settled) onChange({ ...filter, q: settled || undefined });
  return (
    <>
      <TextInput
        data-search
        className={classes.search}
        type="search"
        aria-label={t("people.search")}
        placeholder={t("people.search")}
        leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Select clearable searchable className={classes.filter} aria-label={t("people.profession")} placeholder={t("people.everyProfession")} data={professions.map(({ code, name }) => ({ value: code, label: name }))} value={filter.profession ?? null} onChange={(profession) => onChange({ ...filter, profession: profession ?? undefined })} />
      <Select clearable className={classes.filter} aria-label={t("people.site")} placeholder={t("people.everySite")} data={places.map(({ id, name }) => ({ value: id, label: name }))} value={filter.site ?? null} onChange={(site) => onChange({ ...filter, site: site ?? undefined })} />
      <Checkbox label={t("people.former")} checked={filter.former ?? false} onChange={(event) => onChange({ ...filter, former: event.currentTarget.checked || undefined })} />
    </>
  );
}

function PersonLine({ person }: { person: Colleague }) {
  const { t } = useTranslation("administration");
  return (
    <li>
      <Link data-line to="/administration" search={{ volet: "personnes", personne: person.id }} className={classes.line} data-off={!person.is_active || undefined}>
        <span className={classes.who}>
          <PersonAvatar person={person} />
          <span className={classes.words}>
            <span className={classes.name}>{person.name}</span>
            <span className={classes.facts}>{person.profession}</span>
          </span>
        </span>
        <span className={classes.roles}>
          {person.roles.map((role) => (
            <span key={role.id}>
              {role.name}
              {role.until && <span className={classes.until}> {t("people.until", { day: day(role.until) })}</span>}
            </span>
          ))}
        </span>
        <Text component="span" className={classes.facts}>
          {person.sites.map(({ name }) => name).join(", ")}
        </Text>
        <span className={classes.state}>
          <StateBadge person={person} />
        </span>
      </Link>
    </li>
  );
}

/** Suspended, without any role in force, or nothing to say. */
export function StateBadge({ person }: { person: Pick<Colleague, "is_active" | "roles" | "presence"> }) {
  const { t } = useTranslation("administration");
  if (!person.is_active) return <Badge color="red">{t("people.suspended")}</Badge>;
  if (person.roles.length === 0) return <Badge color="gray">{t("people.ended")}</Badge>;
  return person.presence === "absent" ? <Badge color="amber">{t("people.absent")}</Badge> : null;
}
