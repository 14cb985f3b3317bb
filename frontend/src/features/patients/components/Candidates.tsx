import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Candidate } from "@/features/patients/types";
import { PatientTraits } from "@/ui";

interface CandidatesProps {
  items: Candidate[];
  confirmed: boolean;
  onConfirm: (someoneElse: boolean) => void;
  onOpen: () => void;
}

/** Who may already be this person, so that nobody gets two pages. */
export function Candidates({ items, confirmed, onConfirm, onOpen }: CandidatesProps) {
  const { t } = useTranslation("patients");
  if (items.length === 0) return null;
  return (
    <Alert color="amber" variant="light" role="status" icon={<IconUsers aria-hidden size={18} />} title={t("new.alike")}>
      <Stack gap="xs">
        {items.map((patient) => (
          <Group key={patient.id} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={570}>
                {patient.name}{" "}
                <Text span size="xs" c="dimmed">
                  ({t(`new.${patient.grade}`)})
                </Text>
              </Text>
              <PatientTraits patient={patient} />
            </div>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t("new.openThis")} ${patient.name}`}
              onClick={onOpen}
              renderRoot={(props) => <Link to="/patients/{-$id}" params={{ id: patient.id }} search={{}} {...props} />}
            >
              {t("new.openThis")}
            </Button>
          </Group>
        ))}
        <Checkbox label={t("new.someoneElse")} checked={confirmed} onChange={(event) => onConfirm(event.currentTarget.checked)} />
      </Stack>
    </Alert>
  );
}
