import { IconAlertCircle, IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { FoundPatient } from "@/features/patients/api/findPatients";
import { birthDate } from "@/i18n/when";
import classes from "./PatientLine.module.css";

interface PatientLineProps {
  patient: FoundPatient;
  chosen: boolean;
}

/** A patient found: name, birth and age, town; and whether one may read further. */
export function PatientLine({ patient, chosen }: PatientLineProps) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  return (
    <li>
      <Link
        data-line
        to="/patients/{-$id}"
        params={{ id: patient.id }}
        search={{}}
        className={classes.line}
        aria-current={chosen ? "page" : undefined}
      >
        <span className={classes.name}>{patient.name}</span>
        <span className={classes.facts}>
          {birthDate(patient.birth_date)} · {common("patient.age", { count: patient.age })}
          {patient.city && ` · ${patient.city}`}
        </span>
        {patient.identity_status === "PROV" && (
          <span className={classes.doubtful}>
            <IconAlertCircle aria-hidden size={14} stroke={1.8} />
            {common("patient.PROV")}
          </span>
        )}
        {!patient.in_care && (
          <span className={classes.facts}>
            <IconLock aria-hidden size={13} stroke={1.8} className={classes.lock} />
            {t("notInCare")}
          </span>
        )}
      </Link>
    </li>
  );
}
