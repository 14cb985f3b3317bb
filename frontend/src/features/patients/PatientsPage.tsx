import { IconAddressBook } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { PatientPane } from "@/features/patients/components/PatientPane";
import { PatientSearch } from "@/features/patients/components/PatientSearch";
import { EmptyState, Panes } from "@/ui";

/** Finding a patient, and the page of the one that is open. */
export function PatientsPage() {
  const { t } = useTranslation("patients");
  const { id } = useParams({ from: "/patients/{-$id}" });
  return (
    <Panes label={t("list")} chosen={id !== undefined} list={<PatientSearch chosen={id} />}>
      {id ? (
        <PatientPane key={id} id={id} />
      ) : (
        <EmptyState icon={<IconAddressBook aria-hidden size={24} stroke={1.4} color="var(--ink-quiet)" />}>{t("pick")}</EmptyState>
      )}
    </Panes>
  );
}
