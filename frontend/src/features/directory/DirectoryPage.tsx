import { IconUsersGroup } from "@tabler/icons-react";
import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { AbsencesPane } from "@/features/directory/components/AbsencesPane";
import { ColleaguePane } from "@/features/directory/components/ColleaguePane";
import { CorrespondentPane } from "@/features/directory/components/CorrespondentPane";
import { DirectoryList } from "@/features/directory/components/DirectoryList";
import { TeamPane } from "@/features/directory/components/TeamPane";
import { readPlace, type Place } from "@/features/directory/places";
import { EmptyState, Panes } from "@/ui";

/** Who works here and how to reach them, the teams, and those outside whom one calls. */
export function DirectoryPage() {
  const { t } = useTranslation("directory");
  const { id } = useParams({ from: "/annuaire/{-$id}" });
  const place = readPlace(useSearch({ from: "/annuaire/{-$id}" }).volet);
  return (
    <Panes label={t("title")} chosen={id !== undefined || place === "absences"} list={<DirectoryList place={place} chosen={id} />}>
      <Work place={place} id={id} />
    </Panes>
  );
}

function Work({ place, id }: { place: Place; id: string | undefined }) {
  if (place === "absences") return <AbsencesPane />;
  if (place === "collegues") return id ? <ColleaguePane key={id} id={id} /> : <AbsencesPane />;
  if (!id) return <Pick place={place} />;
  return place === "equipes" ? <TeamPane key={id} id={id} /> : <CorrespondentPane key={id} id={id} />;
}

function Pick({ place }: { place: "equipes" | "correspondants" }) {
  const { t } = useTranslation("directory");
  return <EmptyState icon={<IconUsersGroup aria-hidden size={24} stroke={1.4} color="var(--ink-quiet)" />}>{t(`pick.${place}`)}</EmptyState>;
}
