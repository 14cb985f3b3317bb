import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHandStop } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { patientKey } from "@/features/patients/api/patient";
import { liftOpposition } from "@/features/patients/api/sharing";
import { newcomers } from "@/features/patients/circle";
import { DialogForm } from "@/features/patients/components/DialogForm";
import { useNewOpposition } from "@/features/patients/hooks/useNewOpposition";
import { useSending } from "@/features/patients/hooks/useSending";
import type { Opposition, Patient } from "@/features/patients/types";
import { peopleQuery, teamsQuery } from "@/features/session/api/people";
import { useMay } from "@/features/session/hooks/useSession";
import { dayAndHour, numericDay } from "@/i18n/when";
import { readAgain } from "@/realtime/readAgain";
import { sayDone } from "@/ui";
import classes from "./Sharing.module.css";

/** With whom the patient refuses to share. */
export function Oppositions({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayCollect = useMay("consent.collect");
  const [opposing, dialog] = useDisclosure(false);
  return (
    <section aria-labelledby="oppositions-title">
      <Group justify="space-between">
        <Title order={3} id="oppositions-title">
          {t("opposition.title")}
        </Title>
        {mayCollect && (
          <Button size="compact-sm" variant="light" onClick={dialog.open}>
            {t("opposition.record")}
          </Button>
        )}
      </Group>
      {patient.oppositions.length === 0 && <Text c="dimmed">{t("opposition.none")}</Text>}
      {patient.oppositions.length > 0 && (
        <ul className={classes.lines}>
          {patient.oppositions.map((opposition) => (
            <Line key={opposition.id} opposition={opposition} patient={patient} />
          ))}
        </ul>
      )}
      <Modal opened={opposing} onClose={dialog.close} title={t("opposition.dialog", { name: patient.name })}>
        <OppositionForm patient={patient} onClose={dialog.close} />
      </Modal>
    </section>
  );
}

interface LineProps {
  opposition: Opposition;
  patient: Patient;
}

function Line({ opposition, patient }: LineProps) {
  const { t } = useTranslation("patients");
  const mayCollect = useMay("consent.collect");
  const [asking, question] = useDisclosure(false);
  const over = opposition.lifted_at !== null;
  const who = opposition.everyone ? t("opposition.everyone") : (opposition.person?.name ?? opposition.team?.name ?? "");
  const recorded = t("opposition.recordedBy", { when: dayAndHour(opposition.recorded_at), who: opposition.recorded_by?.name ?? "" });
  return (
    <li className={classes.line} data-over={over || undefined}>
      <IconHandStop aria-hidden size={18} stroke={1.7} className={classes.icon} data-refused />
      <div className={classes.words}>
        <Text fw={550}>{who}</Text>
        {opposition.note && <Text size="sm">{opposition.note}</Text>}
        <Text size="xs" c="dimmed">
          {recorded}
        </Text>
        {opposition.lifted_at && <Text size="xs">{t("opposition.liftedOn", { day: numericDay(opposition.lifted_at) })}</Text>}
      </div>
      {mayCollect && !over && (
        <Button flex="none" size="compact-sm" variant="subtle" color="gray" aria-label={t("opposition.liftOf", { who })} onClick={question.open}>
          {t("opposition.lift")}
        </Button>
      )}
      <Modal opened={asking} onClose={question.close} title={t("opposition.question", { who })}>
        <Lift opposition={opposition} patient={patient} onClose={question.close} />
      </Modal>
    </li>
  );
}

function Lift({ opposition, patient, onClose }: LineProps & { onClose: () => void }) {
  const { t } = useTranslation("patients");
  const client = useQueryClient();
  const { busy, failure, send } = useSending();
  const lift = async () => {
    await liftOpposition(opposition.id);
    void readAgain(client, { queryKey: patientKey(patient.id) });
    sayDone(t("opposition.lifted"));
    onClose();
  };
  return (
    <DialogForm onSubmit={() => void send(lift)} onClose={onClose} submit={t("opposition.lift")} busy={busy} failure={failure}>
      <Text>{t("opposition.liftConsequence")}</Text>
    </DialogForm>
  );
}

function OppositionForm({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useTranslation("patients");
  const people = useQuery(peopleQuery).data?.items ?? [];
  const teams = useQuery(teamsQuery).data?.items ?? [];
  const { draft, set, submit, busy, faults, failure } = useNewOpposition(patient, onClose);
  const everybody = newcomers(teams, people, []);
  const groups = [
    { group: t("circle.people"), items: everybody.people },
    { group: t("circle.teams"), items: everybody.teams },
  ];
  return (
    <DialogForm severe onSubmit={submit} onClose={onClose} submit={t("opposition.save")} busy={busy} failure={failure}>
      <Radio.Group label={t("opposition.whom")} value={draft.everyone ? "everyone" : "one"} onChange={(value) => set({ everyone: value === "everyone" })}>
        <Stack gap="xs" mt={4}>
          <Radio value="one" label={t("opposition.toOne")} />
          <Radio value="everyone" label={t("opposition.toEveryone")} description={t("opposition.toEveryoneHelp")} />
        </Stack>
      </Radio.Group>
      {!draft.everyone && (
        <Select
          searchable
          label={t("circle.who")}
          placeholder={t("circle.whoHint")}
          data={groups}
          value={draft.who}
          error={faults.person}
          onChange={(who) => set({ who })}
        />
      )}
      <Textarea
        autosize
        maxLength={300}
        label={t("opposition.note")}
        placeholder={t("opposition.noteHint")}
        value={draft.note}
        error={faults.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <Text size="sm" c="dimmed">
        {t("opposition.consequence")}
      </Text>
    </DialogForm>
  );
}
