import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCalendarX, IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { appointmentQuery } from "@/features/agenda/api/getAppointment";
import { SidePanel } from "@/features/agenda/components/SidePanel";
import { StateMark } from "@/features/agenda/components/StateMark";
import type { Agenda, Answer, Appointment } from "@/features/agenda/types";
import { dayOf, hourOf } from "@/features/agenda/wall";
import { useMay } from "@/features/session/hooks/useSession";
import { longDay } from "@/i18n/when";
import { ErrorState, PatientBanner, SkeletonRows } from "@/ui";
import classes from "./AppointmentPanel.module.css";

interface AppointmentPanelProps {
  id: string;
  /** The appointment as the grid has it, when it does: kept current by events. */
  known: Appointment | undefined;
  agendas: Agenda[];
  onClose: () => void;
  onMove: (appointment: Appointment) => void;
  onAnswer: (appointment: Appointment, answer: Answer) => void;
}

/** One appointment: when, why, with whom, whether it is confirmed, and what may be done. */
export function AppointmentPanel({ id, known, agendas, onClose, onMove, onAnswer }: AppointmentPanelProps) {
  const { t } = useTranslation("agenda");
  const { data, error, refetch } = useQuery({ ...appointmentQuery(id), enabled: !known });
  const appointment = known ?? data;
  return (
    <SidePanel title={t("panel.title")} onClose={onClose} banner={appointment?.patient && <PatientBanner patient={appointment.patient} linked />}>
      {appointment && (
        <Stack gap="md">
          <Facts appointment={appointment} agendas={agendas} />
          <Acts appointment={appointment} onMove={onMove} onAnswer={onAnswer} />
        </Stack>
      )}
      {!appointment && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={4} />)}
    </SidePanel>
  );
}

function Facts({ appointment, agendas }: Pick<AppointmentPanelProps, "agendas"> & { appointment: Appointment }) {
  const { t } = useTranslation("agenda");
  const { local_start, local_end, minutes, type, note, task_id, booked_by } = appointment;
  const names = agendas.filter(({ id }) => appointment.agendas.includes(id)).map(({ name }) => name);
  return (
    <dl className={classes.facts}>
      <Fact name={t("panel.when")}>
        <strong>{longDay(dayOf(local_start))}</strong>
        <br />
        {hourOf(local_start)} – {hourOf(local_end)} ({t("minutes", { count: minutes })})
      </Fact>
      {type && <Fact name={t("panel.type")}>{type.name}</Fact>}
      <Fact name={t("panel.with")}>{names.join(", ")}</Fact>
      <Fact name={t("panel.state")}>
        <span className={classes.state} data-status={appointment.status}>
          <StateMark status={appointment.status} size={16} />
          {t(`status.${appointment.status as "booked"}`)}
        </span>
      </Fact>
      {note && <Fact name={t("panel.note")}>{note}</Fact>}
      {booked_by && <Fact name={t("panel.bookedBy")}>{booked_by.name}</Fact>}
      {task_id && (
        <Fact name={t("panel.task")}>
          <Link to="/taches" search={{ tache: task_id }} className={classes.link}>
            {t("panel.openTask")}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <dd>{children}</dd>
    </div>
  );
}

function Acts({ appointment, onMove, onAnswer }: Pick<AppointmentPanelProps, "onMove" | "onAnswer"> & { appointment: Appointment }) {
  const { t } = useTranslation("agenda");
  const books = useMay("agenda.book");
  if (!books) return null;
  if (appointment.status === "cancelled") {
    return (
      <Group>
        <Button variant="default" onClick={() => onAnswer(appointment, "restore")}>
          {t("panel.restore")}
        </Button>
      </Group>
    );
  }
  return (
    <Group gap="xs">
      {appointment.status === "booked" && (
        <Button leftSection={<IconCheck aria-hidden size={16} />} onClick={() => onAnswer(appointment, "confirm")}>
          {t("panel.confirm")}
        </Button>
      )}
      <Button variant="default" onClick={() => onMove(appointment)}>
        {t("panel.move")}
      </Button>
      <Button variant="subtle" color="red" leftSection={<IconCalendarX aria-hidden size={16} />} onClick={() => onAnswer(appointment, "cancel")}>
        {t("panel.cancel")}
      </Button>
    </Group>
  );
}
