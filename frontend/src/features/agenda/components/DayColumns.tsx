import "@mantine/schedule/styles.css";

import { Box } from "@mantine/core";
import { DayView } from "@mantine/schedule";
import { useEffect, useRef, type CSSProperties, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

import { hoursShown } from "@/features/agenda/appointments";
import { appointmentOf, renderBody, renderEvent, toEvent } from "@/features/agenda/components/EventBody";
import { gridHours, labelsOf, spoken } from "@/features/agenda/grid";
import type { Change } from "@/features/agenda/hooks/useAppointmentActs";
import type { Agenda, Appointment } from "@/features/agenda/types";
import { fromGrid, minutesBetween, wallOf } from "@/features/agenda/wall";
import { languageNow } from "@/i18n";
import { today, zoneNow } from "@/i18n/when";
import classes from "./DayColumns.module.css";

const HOUR_PX = 84;

export interface GridActs {
  /** Absent for those who may look but not book. */
  onSlot?: (agenda: string, start: string) => void;
  onOpen: (appointment: Appointment) => void;
  onChange?: (appointment: Appointment, change: Change) => void;
}

interface DayColumnsProps extends GridActs {
  day: string;
  agendas: Agenda[];
  appointments: Appointment[];
}

/** One day, one column per person or room. Appointments are dragged within a column, or to another agenda's. */
export function DayColumns({ day, agendas, appointments, ...acts }: DayColumnsProps) {
  const hours = hoursShown(appointments);
  const scroller = useScrollToNow(day, hours[0]);
  const find = (id: string) => appointments.find((appointment) => appointment.id === id);
  return (
    <div ref={scroller} className={classes.scroller} tabIndex={-1}>
      <div className={classes.grid} style={{ "--columns": agendas.length, "--hour": `${HOUR_PX}px` } as CSSProperties}>
        <div className={classes.corner} />
        {agendas.map((agenda) => (
          <h2 key={agenda.id} className={classes.heading} style={{ "--agenda": agenda.colour } as CSSProperties}>
            {agenda.name}
          </h2>
        ))}
        <Hours hours={hours} />
        {agendas.map((agenda) => (
          <Column key={agenda.id} day={day} agenda={agenda} hours={hours} find={find} appointments={appointments.filter((one) => one.agendas.includes(agenda.id))} {...acts} />
        ))}
      </div>
    </div>
  );
}

function Hours({ hours: [first, last] }: { hours: [number, number] }) {
  return (
    <div className={classes.hours} aria-hidden>
      {Array.from({ length: last - first }, (_, index) => (
        <div key={index} className={classes.hour}>
          {String(first + index).padStart(2, "0")}:00
        </div>
      ))}
    </div>
  );
}

interface ColumnProps extends GridActs {
  day: string;
  agenda: Agenda;
  hours: [number, number];
  appointments: Appointment[];
  find: (id: string) => Appointment | undefined;
}

/** The event's id says its column too: it is how a drop knows which agenda the appointment came from. */
const idIn = (agenda: Agenda, appointment: Appointment) => `${agenda.id} ${appointment.id}`;

function Column({ day, agenda, hours, appointments, find, onSlot, onOpen, onChange }: ColumnProps) {
  const { t } = useTranslation("agenda");
  const handOver = (data: DataTransfer, start: string) => {
    const [from, id] = draggedId(data);
    const appointment = id && find(id);
    if (!appointment || !from) return;
    const agendas = [...new Set(appointment.agendas.map((known) => (known === from ? agenda.id : known)))];
    onChange?.(appointment, { agendas, local_start: fromGrid(start) });
  };
  return (
    <Box
      component="section"
      className={classes.column}
      aria-label={agenda.name}
      // The calendar calls a drop from another column a copy, which the browser refuses for something that moves.
      onDragOver={(event: DragEvent) => (event.dataTransfer.dropEffect = "move")}
    >
      <DayView
        date={day}
        withHeader={false}
        withAllDaySlot={false}
        withCurrentTimeIndicator={day === today()}
        withCurrentTimeBubble={false}
        getCurrentTime={() => wallOf(new Date(), zoneNow())}
        {...gridHours(hours)}
        intervalMinutes={15}
        eventDragInterval={5}
        eventResizeInterval={5}
        slotHeight={HOUR_PX}
        radius={0}
        locale={languageNow()}
        labels={{ ...labelsOf(t), timeSlot: `${agenda.name}, ${t("slot")}` }}
        classNames={{ dayViewSlotLabels: classes.none, dayViewScrollArea: classes.area, dayView: classes.view, dayViewDragPreview: classes.preview }}
        events={appointments.map((one) => toEvent(one, idIn(agenda, one), spoken(one, t)))}
        renderEventBody={renderBody}
        renderEvent={renderEvent}
        withEventsDragAndDrop={!!onChange}
        withEventResize={!!onChange}
        canDragEvent={isMovable}
        canResizeEvent={isMovable}
        onEventDrop={({ event, newStart }) => onChange?.(appointmentOf(event), { local_start: fromGrid(newStart) })}
        onExternalEventDrop={onChange ? handOver : undefined}
        onEventResize={({ event, newStart, newEnd }) => onChange?.(appointmentOf(event), { local_start: fromGrid(newStart), minutes: minutesBetween(fromGrid(newStart), fromGrid(newEnd)) })}
        onEventClick={(event) => onOpen(appointmentOf(event))}
        onTimeSlotClick={onSlot && (({ slotStart }) => onSlot(agenda.id, fromGrid(slotStart)))}
      />
    </Box>
  );
}

export const isMovable = (event: Parameters<typeof appointmentOf>[0]): boolean => appointmentOf(event).status !== "cancelled";

function draggedId(data: DataTransfer): string[] {
  try {
    const { eventId } = JSON.parse(data.getData("application/json")) as { eventId?: unknown };
    return typeof eventId === "string" ? eventId.split(" ") : [];
  } catch {
    return [];
  }
}

/** Opens the day an hour before now; another day at its first hour. */
function useScrollToNow(day: string, firstHour: number) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const hour = day === today() ? Number(wallOf(new Date(), zoneNow()).slice(11, 13)) - 1 : firstHour;
    if (scroller.current) scroller.current.scrollTop = Math.max(0, hour - firstHour) * HOUR_PX;
  }, [day, firstHour]);
  return scroller;
}
