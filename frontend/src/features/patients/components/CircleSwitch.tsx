import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Patient } from "@/features/patients/types";
import classes from "./PatientSheet.module.css";

/** For whoever works in several circles of one patient: which one the page shows. */
export function CircleSwitch({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const navigate = useNavigate({ from: "/patients/{-$id}" });
  return (
    <div className={classes.circles}>
      <SegmentedControl
        size="xs"
        aria-label={t("circle.which")}
        value={patient.circle.circle}
        data={patient.circles.map(({ circle }) => ({ value: circle, label: t(`circle.of.${circle}`) }))}
        onChange={(cercle) => void navigate({ search: (known) => ({ ...known, cercle }), replace: true })}
      />
    </div>
  );
}
