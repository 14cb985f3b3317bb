import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Proposals } from "@/features/patients/components/Proposals";
import { useEnrolment } from "@/features/patients/hooks/useEnrolment";
import { protocolsQuery } from "@/features/protocols/api/listProtocols";
import type { Patient } from "@/features/patients/types";
import { ErrorState, PatientTraits, SkeletonRows } from "@/ui";
import { DayField } from "@/ui/DayField";

interface EnrolDialogProps {
  opened: boolean;
  onClose: () => void;
  patient: Patient;
}

/** Chooses a protocol and a day, shows what it would make due, and enrols with what is kept. */
export function EnrolDialog({ opened, onClose, patient }: EnrolDialogProps) {
  const { t } = useTranslation("patients");
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={t("enrol.title", { name: patient.name })}>
      <EnrolForm patient={patient} onClose={onClose} />
    </Modal>
  );
}

function EnrolForm({ patient, onClose }: Omit<EnrolDialogProps, "opened">) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const protocols = useQuery(protocolsQuery);
  const { protocol, setProtocol, inclusion, setInclusion, preview, leftOut, toggle, kept, send, busy, failure } = useEnrolment(patient, onClose);
  return (
    <Stack gap="md">
      <PatientTraits patient={patient} />
      <Group grow align="flex-start">
        <Select
          data-autofocus
          searchable
          label={t("enrol.protocol")}
          placeholder={t("enrol.protocolHint")}
          data={(protocols.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          value={protocol}
          onChange={setProtocol}
        />
        <DayField label={t("enrol.inclusion")} value={inclusion} onChange={(day) => day && setInclusion(day)} />
      </Group>
      {protocol && preview.isPending && <SkeletonRows rows={5} />}
      {protocol && preview.isError && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      {protocol && preview.data && <Proposals preview={preview.data} leftOut={leftOut} onToggle={toggle} />}
      {failure && (
        <Text role="alert" c="var(--urgent)">
          {failure}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common("act.cancel")}
        </Button>
        <Button disabled={!preview.data || kept === 0} loading={busy} onClick={send}>
          {preview.data ? t("enrol.submit", { count: kept }) : t("plans.enrol")}
        </Button>
      </Group>
    </Stack>
  );
}
