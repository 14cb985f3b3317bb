import { Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRoute } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { plansQuery } from "@/features/patients/api/plans";
import { EnrolDialog } from "@/features/patients/components/EnrolDialog";
import { PlanCard } from "@/features/patients/components/PlanCard";
import type { Patient } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";

/** The plans a patient follows, and the way into another one. */
export function Plans({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayEnrol = useMay("protocol.enrol");
  const [enrolling, dialog] = useDisclosure(false);
  const plans = useQuery(plansQuery(patient.id));
  const enrol = mayEnrol ? { label: t("plans.enrol"), onClick: dialog.open } : undefined;
  const items = plans.data?.items ?? [];
  return (
    <>
      {plans.isPending && <SkeletonRows />}
      {plans.isError && <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />}
      {plans.data && items.length === 0 && <EmptyState action={enrol}>{t("plans.empty")}</EmptyState>}
      {items.length > 0 && (
        <Stack p="md" gap="md">
          {enrol && (
            <Group justify="flex-end">
              <Button variant="light" leftSection={<IconRoute aria-hidden size={18} stroke={1.7} />} onClick={enrol.onClick}>
                {enrol.label}
              </Button>
            </Group>
          )}
          {items.map((plan) => (
            <PlanCard key={plan.id} plan={plan} patient={patient} />
          ))}
        </Stack>
      )}
      <EnrolDialog opened={enrolling} onClose={dialog.close} patient={patient} />
    </>
  );
}
