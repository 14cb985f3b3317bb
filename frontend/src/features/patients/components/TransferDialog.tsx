import { Modal, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { placesQuery, type Place } from "@/features/patients/api/transfer";
import { TransferForm } from "@/features/patients/components/TransferForm";
import { destinations } from "@/features/patients/places";
import type { Patient } from "@/features/patients/types";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import classes from "./TransferDialog.module.css";

interface TransferDialogProps {
  opened: boolean;
  onClose: () => void;
  patient: Patient;
}

/** Moves a follow-up to another place of the centre: where to, what will move, done. */
export function TransferDialog({ opened, onClose, patient }: TransferDialogProps) {
  const { t } = useTranslation("patients");
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t("transfer.title", { name: patient.name })}>
      <Steps patient={patient} onClose={onClose} />
    </Modal>
  );
}

function Steps({ patient, onClose }: Omit<TransferDialogProps, "opened">) {
  const [to, setTo] = useState<Place | null>(null);
  if (to) return <TransferForm patient={patient} to={to} onBack={() => setTo(null)} onClose={onClose} />;
  return <Destinations patient={patient} onChoose={setTo} />;
}

interface DestinationsProps {
  patient: Patient;
  onChoose: (place: Place) => void;
}

function Destinations({ patient, onChoose }: DestinationsProps) {
  const { t } = useTranslation("patients");
  const places = useQuery(placesQuery);
  if (places.isPending) return <SkeletonRows rows={3} />;
  if (places.isError) return <ErrorState error={places.error} onRetry={() => void places.refetch()} />;
  const others = destinations(places.data.items, patient.circle.entity?.id ?? null);
  if (others.length === 0) return <EmptyState>{t("transfer.nowhere")}</EmptyState>;
  return (
    <>
      <Text mb="sm" id="transfer-where">
        {t("transfer.where")}
      </Text>
      <ul className={classes.places} aria-labelledby="transfer-where">
        {others.map(({ place, path }) => (
          <li key={place.id}>
            <button type="button" className={classes.place} onClick={() => onChoose(place)}>
              <span>
                {place.name}
                {path && <span className={classes.path}>{path}</span>}
              </span>
              <IconChevronRight aria-hidden size={18} stroke={1.6} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
