import { Button, Text } from "@mantine/core";
import { IconUrgent } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { endEmergency } from "@/features/patients/api/emergency";
import { patientKey } from "@/features/patients/api/patient";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { sayFailed } from "@/ui";
import { useNow } from "@/ui/useNow";
import classes from "./EmergencyBanner.module.css";

const EVERY_MS = 10_000;

/** While a file is open in an emergency: why, for how long still, and the way to end it. */
export function EmergencyBanner({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const { busy, failure, send } = useSending();
  const now = useNow(EVERY_MS);
  const left = patient.access.until ? Date.parse(patient.access.until) - now : 0;
  const isOver = left <= 0;
  useEffect(() => {
    if (isOver) void readAgain(client, { queryKey: patientKey(patient.id) });
  }, [client, isOver, patient.id]);
  useEffect(() => {
    if (failure) sayFailed({ message: failure });
  }, [failure]);
  const end = async () => {
    await endEmergency(patient.id);
    await readAgain(client, { queryKey: patientKey(patient.id) });
    void readAgain(client, { queryKey: ["patients"] });
  };
  return (
    <section className={classes.banner} aria-label={t("emergency.title")}>
      <IconUrgent aria-hidden size={20} stroke={1.7} className={classes.icon} />
      <div className={classes.words}>
        <Text fw={620}>
          {t("emergency.title")}
          <span className={classes.left} role="timer">
            {t("emergency.left", { count: Math.max(1, Math.ceil(left / 60_000)) })}
          </span>
        </Text>
        <Text className={classes.reason}>{t("emergency.because", { reason: patient.access.reason })}</Text>
      </div>
      <Button flex="none" size="compact-md" color="red" variant="filled" loading={busy} onClick={() => void send(end)}>
        {t("emergency.end")}
      </Button>
    </section>
  );
}
