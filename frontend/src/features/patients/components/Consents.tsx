import { Button, Group, Modal, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { patientKey } from "@/features/patients/api/patient";
import { collectConsent, withdrawConsent, type NewConsent } from "@/features/patients/api/sharing";
import { NO_CONSENT } from "@/features/patients/basis";
import { ConsentFields } from "@/features/patients/components/ConsentFields";
import { DialogForm } from "@/features/patients/components/DialogForm";
import { useMayChange } from "@/features/patients/hooks/useMayChange";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Consent, Patient } from "@/features/patients/types";
import { numericDay } from "@/i18n/when";
import { readAgain } from "@/realtime/readAgain";
import { sayDone } from "@/ui";
import classes from "./Sharing.module.css";

/** What the patient has agreed to share outside the care team. */
export function Consents({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayCollect = useMayChange(patient, "consent.collect");
  const [collecting, dialog] = useDisclosure(false);
  return (
    <section aria-labelledby="consents-title">
      <Group justify="space-between">
        <Title order={3} id="consents-title">
          {t("consent.title")}
        </Title>
        {mayCollect && (
          <Button size="compact-sm" variant="light" onClick={dialog.open}>
            {t("consent.collect")}
          </Button>
        )}
      </Group>
      {patient.consents.length === 0 && <Text c="dimmed">{t("consent.none")}</Text>}
      {patient.consents.length > 0 && (
        <ul className={classes.lines}>
          {patient.consents.map((consent) => (
            <Line key={consent.id} consent={consent} patient={patient} />
          ))}
        </ul>
      )}
      <Modal opened={collecting} onClose={dialog.close} title={t("consent.dialog", { name: patient.name })}>
        <ConsentForm patient={patient} onClose={dialog.close} />
      </Modal>
    </section>
  );
}

interface LineProps {
  consent: Consent;
  patient: Patient;
}

function Line({ consent, patient }: LineProps) {
  const { t } = useTranslation("patients");
  const mayCollect = useMayChange(patient, "consent.collect");
  const [asking, question] = useDisclosure(false);
  const over = consent.withdrawn_at !== null;
  const Icon = over ? IconCircleX : IconCircleCheck;
  const given = t(`consent.given.${consent.how}`, { day: numericDay(consent.collected_on), who: consent.collected_by?.name ?? "" });
  return (
    <li className={classes.line} data-over={over || undefined}>
      <Icon aria-hidden size={18} stroke={1.7} className={classes.icon} />
      <div className={classes.words}>
        <Text fw={550}>{consent.scope}</Text>
        <Text size="sm">{t("consent.with", { who: consent.recipients })}</Text>
        <Text size="xs" c="dimmed">
          {[given, consent.evidence].filter(Boolean).join(" · ")}
        </Text>
        {consent.withdrawn_at && <Text size="xs">{t("consent.withdrawnOn", { day: numericDay(consent.withdrawn_at) })}</Text>}
      </div>
      {mayCollect && !over && (
        <Button flex="none" size="compact-sm" variant="subtle" color="gray" aria-label={t("consent.withdrawOf", { scope: consent.scope })} onClick={question.open}>
          {t("consent.withdraw")}
        </Button>
      )}
      <Modal opened={asking} onClose={question.close} title={t("consent.question")}>
        <Withdraw consent={consent} patient={patient} onClose={question.close} />
      </Modal>
    </li>
  );
}

function Withdraw({ consent, patient, onClose }: LineProps & { onClose: () => void }) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const { busy, failure, send } = useSending();
  const withdraw = async () => {
    await withdrawConsent(consent.id);
    void readAgain(client, { queryKey: patientKey(patient.id) });
    sayDone(t("consent.withdrawn"));
    onClose();
  };
  return (
    <DialogForm severe onSubmit={() => void send(withdraw)} onClose={onClose} submit={t("consent.withdraw")} busy={busy} failure={failure}>
      <Text fw={550}>{consent.scope}</Text>
      <Text>{t("consent.consequence")}</Text>
    </DialogForm>
  );
}

function ConsentForm({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const { busy, faults, failure, send } = useSending();
  const key = useRef(newId());
  const [draft, setDraft] = useState<NewConsent>(NO_CONSENT);
  const set = (change: Partial<NewConsent>) => {
    key.current = newId();
    setDraft((known) => ({ ...known, ...change }));
  };
  const collect = async () => {
    await collectConsent(patient.id, { ...draft, circle: patient.circle.circle }, key.current);
    void readAgain(client, { queryKey: patientKey(patient.id) });
    sayDone(t("consent.collected"));
    onClose();
  };
  return (
    <DialogForm onSubmit={() => void send(collect)} onClose={onClose} submit={t("consent.save")} busy={busy} failure={failure}>
      <ConsentFields draft={draft} faults={faults} onChange={set} />
    </DialogForm>
  );
}
