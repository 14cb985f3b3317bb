import { Button, Group, Text } from "@mantine/core";
import { IconDownload, IconFileTypePdf } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { accessesAsCsv, accessesAsPdf } from "@/features/audit/api/files";
import { patientAccessesQuery } from "@/features/audit/api/listAccesses";
import { AccessPages } from "@/features/audit/components/AccessPages";
import { useFile } from "@/features/audit/hooks/useFile";
import { today } from "@/i18n/when";

/** Who opened or changed a patient's file, and the same as a document that the patient may ask for. */
export function PatientAccesses({ patient }: { patient: { id: string } }) {
  const { t } = useTranslation("audit");
  const found = useInfiniteQuery(patientAccessesQuery(patient.id));
  const pdf = useFile(() => accessesAsPdf(patient.id), `acces-${today()}.pdf`);
  const csv = useFile(() => accessesAsCsv(patient.id), `acces-${today()}.csv`);
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
        <Text c="dimmed" maw={520}>
          {t("patient.lead")}
        </Text>
        <Group gap="xs">
          <Button variant="default" leftSection={<IconFileTypePdf aria-hidden size={16} stroke={1.8} />} loading={pdf.isPending} onClick={() => pdf.mutate()}>
            {t("file.pdf")}
          </Button>
          <Button variant="default" leftSection={<IconDownload aria-hidden size={16} stroke={1.8} />} loading={csv.isPending} onClick={() => csv.mutate()}>
            {t("file.csv")}
          </Button>
        </Group>
      </Group>
      <AccessPages found={found} nothing={t("patient.nothing")} aboutOne />
    </>
  );
}
