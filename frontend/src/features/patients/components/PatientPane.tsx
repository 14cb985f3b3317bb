import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import type { PatientRef } from "@/api/types";
import { patientQuery } from "@/features/patients/api/patient";
import { PatientSheet } from "@/features/patients/components/PatientSheet";
import { EmptyState, ErrorState, PatientBanner, SkeletonRows } from "@/ui";
import classes from "./PatientPane.module.css";

/** A patient's page, or the reason why it is closed to this person. */
export function PatientPane({ id }: { id: string }) {
  const { t } = useTranslation("patients");
  const patient = useQuery(patientQuery(id));
  const known = useKnown(id);
  const closed = patient.error instanceof ApiError && patient.error.status === 404;
  const shown = patient.data ?? known;
  return (
    <>
      <div className={classes.head}>
        <BackToSearch />
        {shown && (
          <div className={classes.banner}>
            <PatientBanner patient={shown} />
          </div>
        )}
      </div>
      {patient.isPending && <SkeletonRows />}
      {patient.isError && !closed && <ErrorState error={patient.error} onRetry={() => void patient.refetch()} />}
      {closed && <EmptyState>{t("closed")}</EmptyState>}
      {patient.data && !closed && <PatientSheet patient={patient.data} />}
    </>
  );
}

/** What a search already showed of this patient, so that the banner is there at once. */
function useKnown(id: string): PatientRef | undefined {
  const lists = useQueryClient().getQueriesData<{ items: PatientRef[] }>({ queryKey: ["patients", "found"] });
  return lists.flatMap(([, list]) => list?.items ?? []).find((patient) => patient.id === id);
}

function BackToSearch() {
  const { t } = useTranslation("patients");
  return (
    <ActionIcon
      size={40}
      className={classes.back}
      aria-label={t("back")}
      renderRoot={(props) => <Link to="/patients/{-$id}" params={{ id: undefined }} search={{}} {...props} />}
    >
      <IconArrowLeft size={20} stroke={1.7} />
    </ActionIcon>
  );
}
