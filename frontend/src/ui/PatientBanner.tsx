import { Text, Tooltip } from "@mantine/core";
import { IconAlertCircle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { IdentityStatus, PatientRef } from "@/api/types";
import { birthDate } from "@/i18n/when";
import classes from "./PatientBanner.module.css";

interface PatientBannerProps {
  patient: PatientRef;
  /** Whether the name opens the patient's page. */
  linked?: boolean;
  children?: ReactNode;
}

/** Who this is about: NOM Prénom, birth and age, sex, identity. Stays on top wherever one works on a patient. */
export function PatientBanner({ patient, linked = false, children }: PatientBannerProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.banner} aria-label={t("patient.banner", { name: patient.name })}>
      <div className={classes.who}>
        {linked ? (
          <Link to="/patients/{-$id}" params={{ id: patient.id }} className={classes.name} title={t("patient.open", { name: patient.name })}>
            {patient.name}
          </Link>
        ) : (
          <Text component="h1" className={classes.name}>
            {patient.name}
          </Text>
        )}
        <PatientTraits patient={patient} />
        <IdentityMark status={patient.identity_status} />
      </div>
      {children}
    </section>
  );
}

/** "née le 12/03/1957 · 69 ans · Femme" */
export function PatientTraits({ patient }: { patient: PatientRef }) {
  const { t } = useTranslation();
  const born = t(`patient.born_${patient.sex}`, { date: birthDate(patient.birth_date) });
  return (
    <Text component="span" c="dimmed">
      {born} · {t("patient.age", { count: patient.age })} · {t(`patient.sex_${patient.sex}`)}
    </Text>
  );
}

const MARKS: Record<IdentityStatus, { Icon: typeof IconCircleCheck; tone: string | undefined }> = {
  QUAL: { Icon: IconCircleCheck, tone: classes.sure },
  VALI: { Icon: IconCircleCheck, tone: undefined },
  RECUP: { Icon: IconCircleDashed, tone: undefined },
  PROV: { Icon: IconAlertCircle, tone: classes.doubtful },
};

/** How sure the identity is, in a word and a shape. */
export function IdentityMark({ status }: { status: IdentityStatus }) {
  const { t } = useTranslation();
  const { Icon, tone } = MARKS[status];
  return (
    <Tooltip label={t(`patient.identityHelp_${status}`)} multiline maw={280}>
      <span className={`${classes.identity} ${tone ?? ""}`}>
        <Icon aria-hidden size={15} stroke={1.8} />
        {t(`patient.${status}`)}
      </span>
    </Tooltip>
  );
}
