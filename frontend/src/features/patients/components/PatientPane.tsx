import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import type { PatientRef } from "@/api/types";
import { identityQuery } from "@/features/patients/api/identity";
import { patientQuery } from "@/features/patients/api/patient";
import { ClosedPage } from "@/features/patients/components/ClosedPage";
import { EmergencyBanner } from "@/features/patients/components/EmergencyBanner";
import { PatientSheet } from "@/features/patients/components/PatientSheet";
import type { CircleKind } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { EmptyState, ErrorState, PatientBanner, SkeletonRows } from "@/ui";
import classes from "./PatientPane.module.css";

/** A patient's page; for whoever does not care for them, who it is and the way in when it is urgent. */
export function PatientPane({ id }: { id: string }) {
  const { t } = useTranslation("patients");
  const { cercle } = useSearch({ from: "/patients/{-$id}" });
  const patient = useQuery(patientQuery(id, CIRCLES.find((circle) => circle === cercle)));
  const closed = isPrivate(patient.error);
  const identity = useQuery({ ...identityQuery(id), enabled: closed });
  const known = useKnown(id);
  useForgetting(id, closed);
  const shown = patient.data ?? identity.data ?? known;
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
      {(patient.isPending || (closed && identity.isPending)) && <SkeletonRows />}
      {patient.isError && !closed && <ErrorState error={patient.error} onRetry={() => void patient.refetch()} />}
      {closed && identity.isError && !isPrivate(identity.error) && <ErrorState error={identity.error} onRetry={() => void identity.refetch()} />}
      {closed && isPrivate(identity.error) && <EmptyState>{t("closed.unknown")}</EmptyState>}
      {closed && identity.data && <ClosedPage patient={identity.data} />}
      {patient.data && !closed && patient.data.access.kind === "break_glass" && <EmergencyBanner patient={patient.data} />}
      {patient.data && !closed && <PatientSheet patient={patient.data} />}
    </>
  );
}

const CIRCLES: readonly CircleKind[] = ["health", "social", "occupational"];
const isPrivate = (error: Error | null) => error instanceof ApiError && error.status === 404;

/** What this tab held of a file leaves it when the file closes. */
function useForgetting(id: string, closed: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!closed) return;
    for (const part of ["story", "plans", "preview", "transfer"]) client.removeQueries({ queryKey: [part, id] });
    void readAgain(client, { queryKey: ["conversations"] });
  }, [client, closed, id]);
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
