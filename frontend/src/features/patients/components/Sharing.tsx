import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Consents } from "@/features/patients/components/Consents";
import { Oppositions } from "@/features/patients/components/Oppositions";
import type { Patient } from "@/features/patients/types";

/** What the patient has agreed to share, and with whom they refuse to. */
export function Sharing({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  return (
    <Stack p="md" gap="xl">
      <div>
        <Title order={2}>{t("sharing.title")}</Title>
        <Text c="dimmed" maw="68ch">
          {t("sharing.lead")}
        </Text>
      </div>
      <Oppositions patient={patient} />
      <Consents patient={patient} />
    </Stack>
  );
}
