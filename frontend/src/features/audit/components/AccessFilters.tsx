import { Button, Select, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { kindsQuery } from "@/features/audit/api/listKinds";
import { ActorPicker } from "@/features/audit/components/ActorPicker";
import { WhoseLog } from "@/features/audit/components/WhoseLog";
import type { useWanted } from "@/features/audit/hooks/useWanted";
import { PatientPicker } from "@/features/tasks/components/PatientPicker";
import { useMay } from "@/features/session/hooks/useSession";
import { languageNow } from "@/i18n";
import type { PatientRef } from "@/api/types";
import { DayField } from "@/ui/DayField";
import classes from "./AccessFilters.module.css";

type Search = ReturnType<typeof useWanted>;

/** Words first; on a phone the other filters open below them. */
export function AccessFilters({ search }: { search: Search }) {
  const { t } = useTranslation("audit");
  const [opened, others] = useDisclosure(false);
  return (
    <div className={classes.fields} role="search" aria-label={t("filters.label")}>
      <TextInput
        label={t("filters.words")}
        placeholder={t("filters.wordsHint")}
        leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
        value={search.wanted.q}
        maxLength={100}
        onChange={(event) => search.change({ q: event.currentTarget.value })}
      />
      <Button
        className={classes.phone}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal aria-hidden size={16} stroke={1.8} />}
        aria-expanded={opened}
        onClick={others.toggle}
      >
        {search.count ? t("filters.some", { count: search.count }) : t("filters.none")}
      </Button>
      <div className={`${classes.fields} ${classes.others}`} data-opened={opened || undefined}>
        <Others search={search} />
      </div>
    </div>
  );
}

function Others({ search }: { search: Search }) {
  const { t } = useTranslation("audit");
  const mayIdentify = useMay("patient.identify");
  const { wanted, change } = search;
  return (
    <>
      <ActorPicker value={wanted.person} onChange={(person) => change({ person })} />
      {mayIdentify ? (
        <PatientPicker label={t("filters.patient")} value={search.patient as PatientRef | null} onChange={search.choosePatient} />
      ) : (
        <WhoseLog value={search.patient} onChange={search.choosePatient} />
      )}
      <KindPicker value={wanted.kind} onChange={(kind) => change({ kind })} />
      <div className={classes.days}>
        <DayField clearable label={t("filters.from")} value={wanted.from} maxDate={wanted.until ?? undefined} onChange={(from) => change({ from })} />
        <DayField clearable label={t("filters.until")} value={wanted.until} minDate={wanted.from ?? undefined} onChange={(until) => change({ until })} />
      </div>
    </>
  );
}

function KindPicker({ value, onChange }: { value: string | null; onChange: (kind: string | null) => void }) {
  const { t } = useTranslation("audit");
  const { data } = useQuery(kindsQuery(languageNow()));
  const groups = (data?.groups ?? []).map(({ name, kinds }) => ({
    group: name,
    items: kinds.map(({ kind, sentence }) => ({ value: kind, label: sentence })),
  }));
  return (
    <Select
      label={t("filters.kind")}
      placeholder={t("filters.any")}
      searchable
      clearable
      data={groups}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t("filters.noKind")}
      comboboxProps={{ width: 320, position: "bottom-start" }}
    />
  );
}
