import { SegmentedControl, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ColleagueList } from "@/features/directory/components/ColleagueList";
import { CorrespondentList } from "@/features/directory/components/CorrespondentList";
import { TeamList } from "@/features/directory/components/TeamList";
import { LISTS, searchFor, type List, type Place } from "@/features/directory/places";
import classes from "./DirectoryList.module.css";

interface DirectoryListProps {
  place: Place;
  chosen: string | undefined;
}

/** One field over three lists: colleagues, teams, correspondents. */
export function DirectoryList({ place, chosen }: DirectoryListProps) {
  const { t } = useTranslation("directory");
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), 200);
  const list: List = place === "absences" ? "collegues" : place;
  const show = (next: List) => void navigate({ to: "/annuaire/{-$id}", params: { id: undefined }, search: searchFor(next) });
  return (
    <>
      <header className={classes.head}>
        <Title order={1} className={classes.title}>
          {t("title")}
        </Title>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("lists")}
          value={list}
          data={LISTS.map((value) => ({ value, label: t(`list.${value}`) }))}
          onChange={(value) => show(value)}
        />
        <TextInput
          data-search
          type="search"
          aria-label={t(`search.${list}`)}
          placeholder={t(`search.${list}`)}
          value={words}
          leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </header>
      {list === "collegues" && <ColleagueList words={asked} chosen={chosen} absences={place === "absences"} />}
      {list === "equipes" && <TeamList words={asked} chosen={chosen} />}
      {list === "correspondants" && <CorrespondentList words={asked} chosen={chosen} />}
    </>
  );
}
