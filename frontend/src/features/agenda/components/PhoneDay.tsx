import { Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CSSProperties } from "react";

import { dayWithGaps } from "@/features/agenda/appointments";
import type { GridActs } from "@/features/agenda/components/DayColumns";
import { colourOf } from "@/features/agenda/components/EventBody";
import { StateMark } from "@/features/agenda/components/StateMark";
import type { Agenda, Appointment } from "@/features/agenda/types";
import { hourOf, lengthOf } from "@/features/agenda/wall";
import { EmptyState } from "@/ui";
import classes from "./PhoneDay.module.css";

interface PhoneDayProps extends Omit<GridActs, "onChange"> {
  agendas: Agenda[];
  agenda: string;
  appointments: Appointment[];
  onAgenda: (id: string) => void;
}

/** One agenda's day as a list, on a phone: appointments and the free time between them. */
export function PhoneDay({ agendas, agenda, appointments, onAgenda, onSlot, onOpen }: PhoneDayProps) {
  const { t } = useTranslation("agenda");
  const stretches = dayWithGaps(appointments.filter((one) => one.agendas.includes(agenda)));
  return (
    <div className={classes.day}>
      <Select
        className={classes.agenda}
        aria-label={t("agenda")}
        value={agenda}
        allowDeselect={false}
        data={agendas.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => id && onAgenda(id)}
      />
      {stretches.length === 0 && <EmptyState>{t("emptyDay")}</EmptyState>}
      <ul className={classes.list}>
        {stretches.map((stretch) =>
          stretch.kind === "taken" ? (
            <Taken key={stretch.appointment.id} appointment={stretch.appointment} onOpen={onOpen} />
          ) : (
            <li key={stretch.start}>
              <button type="button" className={classes.free} disabled={!onSlot} aria-label={t("freeAt", { time: hourOf(stretch.start) })} onClick={() => onSlot?.(agenda, stretch.start)}>
                <span className={classes.hour}>{hourOf(stretch.start)}</span>
                {t("free", { length: lengthOf(stretch.minutes) })}
              </button>
            </li>
          ),
        )}
      </ul>
    </div>
  );
}

function Taken({ appointment, onOpen }: { appointment: Appointment; onOpen: GridActs["onOpen"] }) {
  const { t } = useTranslation("agenda");
  return (
    <li>
      <button
        type="button"
        className={classes.taken}
        data-status={appointment.status}
        style={{ "--type": colourOf(appointment) } as CSSProperties}
        onClick={() => onOpen(appointment)}
      >
        <span className={classes.hour}>
          {hourOf(appointment.local_start)}
          <small>{hourOf(appointment.local_end)}</small>
        </span>
        <span className={classes.what}>
          <span className={classes.who}>{appointment.patient?.name ?? t("noPatient")}</span>
          <Text component="span" size="xs" c="dimmed">
            {[appointment.type?.name, t(`status.${appointment.status as "booked"}`)].filter(Boolean).join(" · ")}
          </Text>
        </span>
        <StateMark status={appointment.status} size={18} className={classes.mark} />
      </button>
    </li>
  );
}
