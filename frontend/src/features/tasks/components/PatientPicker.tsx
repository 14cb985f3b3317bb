import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PatientRef } from "@/api/types";
import { findPatientsQuery } from "@/features/patients/api/findPatients";
import { birthDate } from "@/i18n/when";

interface PatientPickerProps extends Pick<SelectProps, "label" | "error" | "required"> {
  value: PatientRef | null;
  onChange: (patient: PatientRef | null) => void;
}

const named = (patient: PatientRef) => `${patient.name} · ${birthDate(patient.birth_date)}`;

/** Finds a patient by a part of the name, a birth date or a telephone number; the birth date tells namesakes apart. */
export function PatientPicker({ value, onChange, ...field }: PatientPickerProps) {
  const { t } = useTranslation("tasks");
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const searching = asked.length > 1 && (!value || asked !== named(value));
  const { data } = useQuery({ ...findPatientsQuery(asked), enabled: searching });
  const found = searching ? (data?.items ?? []) : [];
  const known = value && !found.some((patient) => patient.id === value.id) ? [value, ...found] : found;
  return (
    <Select
      {...field}
      searchable
      clearable
      placeholder={t("create.patientHint")}
      value={value?.id ?? null}
      data={known.map((patient) => ({ value: patient.id, label: named(patient) }))}
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => onChange(known.find((patient) => patient.id === id) ?? null)}
      nothingFoundMessage={searching && data ? t("create.nobody") : undefined}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
