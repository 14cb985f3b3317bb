import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBuildingHospital, IconTransfer } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { TransferDialog } from "@/features/patients/components/TransferDialog";
import { useMayChange } from "@/features/patients/hooks/useMayChange";
import type { Patient } from "@/features/patients/types";
import { useMe } from "@/features/session/hooks/useSession";
import classes from "./FollowUp.module.css";

/** Where the patient is followed, and the way to another place of the centre. */
export function FollowUp({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const { organisation } = useMe();
  const mayTransfer = useMayChange(patient, "patient.transfer");
  const [moving, dialog] = useDisclosure(false);
  return (
    <div className={classes.followUp}>
      <IconBuildingHospital aria-hidden size={18} stroke={1.6} className={classes.icon} />
      <Text className={classes.words}>
        <span className={classes.label}>{t("transfer.followedBy")}</span> {patient.circle.entity?.name ?? organisation.name}
      </Text>
      {mayTransfer && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconTransfer aria-hidden size={16} stroke={1.7} />} onClick={dialog.open}>
          {t("transfer.start")}
        </Button>
      )}
      <TransferDialog opened={moving} onClose={dialog.close} patient={patient} />
    </div>
  );
}
