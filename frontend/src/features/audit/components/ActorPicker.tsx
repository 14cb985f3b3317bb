import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { colleaguesQuery } from "@/features/directory/api/people";

interface Option {
  value: string;
  label: string;
}

interface ActorPickerProps {
  value: string | null;
  onChange: (person: string | null) => void;
}

/** A colleague, even one who has left: what they did stays in the log. */
export function ActorPicker({ value, onChange }: ActorPickerProps) {
  const { t } = useTranslation("audit");
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<Option | null>(null);
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const words = chosen?.label === asked ? "" : asked;
  const { data } = useInfiniteQuery(colleaguesQuery({ q: words || undefined, former: true }));
  const found = (data?.pages[0]?.items ?? []).map((person) => ({ value: person.id, label: `${person.name} · ${person.profession}` }));
  const options = chosen && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <Select
      label={t("filters.person")}
      placeholder={t("filters.everybody")}
      searchable
      clearable
      data={options}
      filter={({ options: all }) => all}
      value={value}
      onSearchChange={setTyped}
      onChange={(id) => {
        setChosen(options.find((one) => one.value === id) ?? null);
        onChange(id);
      }}
      nothingFoundMessage={t("filters.nobody")}
    />
  );
}
