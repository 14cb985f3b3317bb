import { UnstyledButton } from "@mantine/core";
import type { DayViewProps, RenderEventBody, ScheduleEventData } from "@mantine/schedule";

import { StateMark } from "@/features/agenda/components/StateMark";
import { written } from "@/features/agenda/grid";
import type { Appointment } from "@/features/agenda/types";
import { toGrid } from "@/features/agenda/wall";
import classes from "./EventBody.module.css";

const PLAIN = "#6c7577";

export const colourOf = (appointment: Appointment): string => appointment.type?.colour ?? PLAIN;

export const appointmentOf = (event: ScheduleEventData): Appointment => (event.payload as { appointment: Appointment }).appointment;

/** An appointment for the grid; `id` is unique in its column. The title is what a screen reader says. */
export function toEvent(appointment: Appointment, id: string, title: string): ScheduleEventData {
  return {
    id,
    title,
    start: toGrid(appointment.local_start),
    end: toGrid(appointment.local_end),
    color: colourOf(appointment),
    payload: { appointment },
  };
}

/** Who, when and why; the mark is the state. */
export const renderBody: RenderEventBody = (event) => {
  const appointment = appointmentOf(event);
  const { who, why } = written(appointment);
  return (
    <span className={classes.body}>
      <span className={classes.who}>
        <StateMark status={appointment.status} size={13} className={classes.mark} />
        {who}
      </span>{" "}
      <span className={classes.why}>{why}</span>
    </span>
  );
};

/** Colour by type, pattern by state: dashed while unconfirmed, hatched when cancelled. */
export const renderEvent: NonNullable<DayViewProps["renderEvent"]> = (event, { style, className, ...props }) => (
  <UnstyledButton
    {...props}
    aria-label={event.title}
    data-appointment={appointmentOf(event).id}
    data-status={appointmentOf(event).status}
    className={`${className ?? ""} ${classes.event ?? ""}`}
    style={{ ...style, "--type": colourOf(appointmentOf(event)) }}
  />
);
