import { Button, Group, Text, Textarea, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLock, IconUrgent } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { PatientAccesses } from "@/features/audit/components/PatientAccesses";
import { openInEmergency } from "@/features/patients/api/emergency";
import { patientKey } from "@/features/patients/api/patient";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Identity } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";
import { readAgain } from "@/realtime/readAgain";
import classes from "./ClosedPage.module.css";

/** A patient who is not in this person's care: nothing but who it is, and the way in when it is urgent. */
export function ClosedPage({ patient }: { patient: Identity }) {
  const { t } = useTranslation("patients");
  const mayAudit = useMay("audit.read");
  return (
    <div className={classes.page}>
      <section className={classes.part} aria-labelledby="closed-title">
        <IconLock aria-hidden size={22} stroke={1.6} className={classes.icon} />
        <div>
          <Title order={2} id="closed-title">
            {t("closed.title")}
          </Title>
          <Text>{t("closed.lead")}</Text>
          <Text c="dimmed">{t("closed.ask")}</Text>
        </div>
      </section>
      {patient.may_break_glass && <Emergency patient={patient} />}
      {mayAudit && (
        <section className={classes.accesses} aria-label={t("tabs.acces")}>
          <PatientAccesses patient={patient} />
        </section>
      )}
    </div>
  );
}

function Emergency({ patient }: { patient: Identity }) {
  const { t } = useTranslation("patients");
  const [asking, form] = useDisclosure(false);
  return (
    <section className={classes.part} aria-labelledby="emergency-title">
      <IconUrgent aria-hidden size={22} stroke={1.6} className={classes.urgent} />
      <div className={classes.words}>
        <Title order={2} id="emergency-title">
          {t("emergency.title")}
        </Title>
        <Text>{t("emergency.lead")}</Text>
        <Text c="dimmed">{t("emergency.told")}</Text>
        {asking ? (
          <ReasonForm patient={patient} onCancel={form.close} />
        ) : (
          <Button mt="sm" variant="outline" color="red" onClick={form.open}>
            {t("emergency.ask")}
          </Button>
        )}
      </div>
    </section>
  );
}

const SHORTEST = 10;
const LONGEST = 300;

function ReasonForm({ patient, onCancel }: { patient: Identity; onCancel: () => void }) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const { busy, faults, failure, send, refuse } = useSending();
  const key = useRef(newId());
  const [reason, setReason] = useState("");
  const write = (words: string) => {
    key.current = newId();
    setReason(words);
  };
  const open = async () => {
    await openInEmergency(patient.id, reason.trim(), key.current);
    await readAgain(client, { queryKey: patientKey(patient.id) });
    void readAgain(client, { queryKey: ["patients"] });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (reason.trim().length < SHORTEST) refuse({ reason: t("emergency.tooShort", { count: SHORTEST }) });
    else void send(open);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Textarea
        data-autofocus
        autoFocus
        mt="sm"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={LONGEST}
        label={t("emergency.reason")}
        description={t("emergency.reasonHint")}
        value={reason}
        error={faults.reason}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {failure && (
        <Text role="alert" c="var(--urgent)" mt="xs">
          {failure}
        </Text>
      )}
      <Group mt="md">
        <Button type="submit" color="red" loading={busy}>
          {t("emergency.open")}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {common("act.cancel")}
        </Button>
      </Group>
    </form>
  );
}
