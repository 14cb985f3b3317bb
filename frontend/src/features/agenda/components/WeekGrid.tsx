import "@mantine/schedule/styles.css";
import "dayjs/locale/fr";

import { MonthView, WeekView } from "@mantine/schedule";
import { useTranslation } from "react-i18next";

import { hoursShown } from "@/features/agenda/appointments";
import { isMovable, type GridActs } from "@/features/agenda/components/DayColumns";
import { appointmentOf, renderBody, renderEvent, toEvent } from "@/features/agenda/components/EventBody";
import { gridHours, labelsOf, spoken } from "@/features/agenda/grid";
import type { Appointment } from "@/features/agenda/types";
import { fromGrid, minutesBetween, wallOf } from "@/features/agenda/wall";
import { languageNow } from "@/i18n";
import { zoneNow } from "@/i18n/when";
import classes from "./WeekGrid.module.css";

interface WeekGridProps extends GridActs {
  day: string;
  agenda: string;
  appointments: Appointment[];
}

const HOUR_PX = 60;
/** The weekend is shown only when something is planned in it. */
const inWeekend = ({ local_start }: Appointment) => [0, 6].includes(new Date(`${local_start.slice(0, 10)}T12:00:00Z`).getUTCDay());

/** One agenda's week. */
export function WeekGrid({ day, agenda, appointments, onSlot, onOpen, onChange }: WeekGridProps) {
  const { t } = useTranslation("agenda");
  return (
    <WeekView
      date={day}
      withHeader={false}
      withAllDaySlots={false}
      withWeekNumber={false}
      withWeekendDays={appointments.some(inWeekend)}
      firstDayOfWeek={1}
      highlightToday
      getCurrentTime={() => wallOf(new Date(), zoneNow())}
      {...gridHours(hoursShown(appointments))}
      intervalMinutes={15}
      eventDragInterval={5}
      eventResizeInterval={5}
      slotHeight={HOUR_PX}
      radius={0}
      locale={languageNow()}
      weekdayFormat="ddd"
      labels={labelsOf(t)}
      className={classes.week}
      scrollAreaProps={{ mah: "100%" }}
      events={appointments.map((one) => toEvent(one, one.id, spoken(one, t)))}
      renderEventBody={renderBody}
      renderEvent={renderEvent}
      withEventsDragAndDrop={!!onChange}
      withEventResize={!!onChange}
      canDragEvent={isMovable}
      canResizeEvent={isMovable}
      onEventDrop={({ event, newStart }) => onChange?.(appointmentOf(event), { local_start: fromGrid(newStart) })}
      onEventResize={({ event, newStart, newEnd }) => onChange?.(appointmentOf(event), { local_start: fromGrid(newStart), minutes: minutesBetween(fromGrid(newStart), fromGrid(newEnd)) })}
      onEventClick={(event) => onOpen(appointmentOf(event))}
      onTimeSlotClick={onSlot && (({ slotStart }) => onSlot(agenda, fromGrid(slotStart)))}
    />
  );
}

interface MonthGridProps extends Pick<GridActs, "onOpen"> {
  day: string;
  appointments: Appointment[];
  onDay: (day: string) => void;
}

/** One agenda's month; a day opens as a day. */
export function MonthGrid({ day, appointments, onOpen, onDay }: MonthGridProps) {
  const { t } = useTranslation("agenda");
  return (
    <MonthView
      date={day}
      withHeader={false}
      firstDayOfWeek={1}
      weekendDays={[]}
      weekdayFormat="ddd"
      radius={0}
      locale={languageNow()}
      labels={labelsOf(t)}
      maxEventsPerDay={3}
      className={classes.month}
      events={appointments.map((one) => toEvent(one, one.id, spoken(one, t)))}
      renderEventBody={renderBody}
      renderEvent={renderEvent}
      onEventClick={(event) => onOpen(appointmentOf(event))}
      onDayClick={(clicked) => onDay(clicked)}
    />
  );
}
