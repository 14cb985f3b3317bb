import { ActionIcon, Text, TextInput, Title, Tooltip } from "@mantine/core";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconSearch, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { findPatientsQuery } from "@/features/patients/api/findPatients";
import { CreatePatientDialog } from "@/features/patients/components/CreatePatientDialog";
import { PatientLine } from "@/features/patients/components/PatientLine";
import { useMay } from "@/features/session/hooks/useSession";
import { EmptyState, ErrorState, SkeletonRows, useArrowKeys } from "@/ui";
import classes from "./PatientSearch.module.css";

/** One field for a part of the name, a birth date or a phone; without words, the patients in one's care. */
export function PatientSearch({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation("patients");
  const mayEdit = useMay("patient.edit");
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), 200);
  const [creating, dialog] = useDisclosure(false);
  const found = useQuery(findPatientsQuery(asked));
  const onKeyDown = useArrowKeys();
  const create = mayEdit ? { label: t("create"), onClick: dialog.open } : undefined;
  const patients = found.data?.items ?? [];
  return (
    <>
      <header className={classes.head}>
        <div className={classes.title}>
          <Title order={1}>{t("title")}</Title>
          {mayEdit && (
            <Tooltip label={t("create")}>
              <ActionIcon size={36} aria-label={t("create")} onClick={dialog.open}>
                <IconUserPlus size={20} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
        <TextInput
          data-search
          size="sm"
          autoFocus={!chosen}
          type="search"
          aria-label={t("find")}
          placeholder={t("findHint")}
          value={words}
          leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </header>
      {found.isPending && <SkeletonRows rows={8} />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && patients.length === 0 && <EmptyState action={create}>{asked ? t("nobody") : t("noneInCare")}</EmptyState>}
      {patients.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys move the focus between the links inside
        <div className={classes.results} onKeyDown={onKeyDown}>
          <Text className={classes.count} role="status">
            {asked ? t("found", { count: patients.length }) : t("mine")}
          </Text>
          <ul className={classes.lines}>
            {patients.map((patient) => (
              <PatientLine key={patient.id} patient={patient} chosen={patient.id === chosen} />
            ))}
          </ul>
          {found.data?.more && <Text className={classes.count}>{t("more")}</Text>}
        </div>
      )}
      <CreatePatientDialog opened={creating} onClose={dialog.close} words={words} />
    </>
  );
}
