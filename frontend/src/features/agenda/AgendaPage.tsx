import { useMediaQuery } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { agendasQuery } from "@/features/agenda/api/listAgendas";
import { appointmentsQuery } from "@/features/agenda/api/listAppointments";
import { AppointmentPanel } from "@/features/agenda/components/AppointmentPanel";
import { BookingPanel } from "@/features/agenda/components/BookingPanel";
import { DayColumns, type GridActs } from "@/features/agenda/components/DayColumns";
import { PhoneDay } from "@/features/agenda/components/PhoneDay";
import { PrintSheet } from "@/features/agenda/components/PrintSheet";
import { Toolbar, useAgendaTitle } from "@/features/agenda/components/Toolbar";
import { MonthGrid, WeekGrid } from "@/features/agenda/components/WeekGrid";
import { useAgendaPlace, type AgendaPlace } from "@/features/agenda/hooks/useAgendaPlace";
import { useAppointmentActs } from "@/features/agenda/hooks/useAppointmentActs";
import { useBookingDraft } from "@/features/agenda/hooks/useBookingDraft";
import { useChosenAgendas } from "@/features/agenda/hooks/useChosenAgendas";
import { dayAndWallHour } from "@/features/agenda/titles";
import type { Agenda, Agendas, Answer, Appointment } from "@/features/agenda/types";
import { dayOf, daysShown } from "@/features/agenda/wall";
import { useMay } from "@/features/session/hooks/useSession";
import { useTaskActs } from "@/features/tasks/hooks/useTaskActs";
import { EmptyState, ErrorState, offerUndo, Page, sayDone, SkeletonRows } from "@/ui";
import classes from "./AgendaPage.module.css";

/** The agendas of the centre: day by columns, week, month; booking beside them. */
export function AgendaPage() {
  const { t } = useTranslation("agenda");
  const { data, error, refetch } = useQuery(agendasQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={8} />;
  if (data.items.length === 0) {
    return (
      <Page title={t("title")}>
        <EmptyState>{t("noAgenda")}</EmptyState>
      </Page>
    );
  }
  return <Calendar {...data} />;
}

function Calendar({ items: agendas, types }: Agendas) {
  const { t } = useTranslation("agenda");
  const { place, go } = useAgendaPlace();
  const books = useMay("agenda.book");
  const chosen = useChosenAgendas(agendas);
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const shown = phone ? { ...place, view: "jour" as const } : place;
  const many = shown.view === "jour" && !phone;
  const ids = many ? chosen.many : chosen.one ? [chosen.one] : [];
  const query = useQuery({
    ...appointmentsQuery({ ...daysShown(shown.view, shown.day), agendas: ids, cancelled: false }),
    placeholderData: keepPreviousData,
  });
  const booking = useBookingDraft(place, agendas);
  const { reveal } = chosen;
  const see = useCallback(
    (one: Appointment) => {
      reveal(one.agendas);
      go({ jour: dayOf(one.local_start), rdv: one.id });
    },
    [go, reveal],
  );
  const acts = useAppointmentActs(see);
  const onBooked = useBooked({ moved: !!booking.draft?.moving, task: booking.task, close: booking.close, go, reveal });
  const appointments = query.data?.items ?? [];
  const columns = agendas.filter(({ id }) => ids.includes(id));
  const gridActs: GridActs = {
    onOpen: (one) => {
      booking.close();
      go({ rdv: one.id });
    },
    onSlot: books ? (id, start) => booking.openAt(agendas.find((agenda) => agenda.id === id), start) : undefined,
    onChange: books ? (one, change) => void acts.change(one, change) : undefined,
  };
  const onAnswer = (one: Appointment, answer: Answer) => void (answer === "cancel" ? acts.cancel(one) : acts.answer(one, answer));
  const closeBooking = () => {
    booking.close();
    go({ tache: undefined, patient: undefined });
  };
  const grid = { place: shown, phone, agendas, columns, appointments, chosen, onDay: (jour: string) => go({ jour, vue: "jour" }) };
  return (
    <Page title={t("title")} actions={<Toolbar place={shown} go={go} agendas={agendas} chosen={chosen} onNew={books ? () => booking.openAt(columns.length === 1 ? columns[0] : undefined) : undefined} />}>
      <div className={classes.panes} data-open={booking.draft || place.rdv ? true : undefined}>
        <div className={classes.grid} data-stale={query.isPlaceholderData || undefined}>
          {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : query.data ? <Grid {...grid} {...gridActs} /> : <SkeletonRows rows={8} />}
        </div>
        {booking.draft ? (
          <BookingPanel
            key={booking.draft.moving?.id ?? "new"}
            draft={booking.draft}
            onDraft={booking.edit}
            agendas={agendas}
            types={types}
            taskTitle={booking.task?.title}
            onBooked={onBooked}
            onSee={(one) => {
              booking.close();
              see(one);
            }}
            onClose={closeBooking}
          />
        ) : (
          place.rdv && (
            <AppointmentPanel
              key={place.rdv}
              id={place.rdv}
              known={appointments.find((one) => one.id === place.rdv)}
              agendas={agendas}
              onClose={() => go({ rdv: undefined })}
              onMove={booking.openMove}
              onAnswer={onAnswer}
            />
          )
        )}
      </div>
      <Paper place={shown} columns={columns} appointments={appointments} />
    </Page>
  );
}

interface GridProps extends GridActs {
  place: AgendaPlace;
  phone: boolean;
  agendas: Agenda[];
  columns: Agenda[];
  appointments: Appointment[];
  chosen: ReturnType<typeof useChosenAgendas>;
  onDay: (day: string) => void;
}

function Grid({ place, phone, agendas, columns, appointments, chosen, onDay, ...acts }: GridProps) {
  const one = chosen.one ?? "";
  if (phone) return <PhoneDay agendas={agendas} agenda={one} appointments={appointments} onAgenda={chosen.chooseOne} {...acts} />;
  if (place.view === "jour") return <DayColumns day={place.day} agendas={columns} appointments={appointments} {...acts} />;
  if (place.view === "semaine") return <WeekGrid day={place.day} agenda={one} appointments={appointments} {...acts} />;
  return <MonthGrid day={place.day} appointments={appointments} onOpen={acts.onOpen} onDay={onDay} />;
}

function Paper({ place, columns, appointments }: { place: AgendaPlace; columns: Agenda[]; appointments: Appointment[] }) {
  const title = useAgendaTitle(place);
  return <PrintSheet title={title} agendas={columns} appointments={appointments} />;
}

interface Booked {
  moved: boolean;
  task: ReturnType<typeof useBookingDraft>["task"];
  close: () => void;
  go: ReturnType<typeof useAgendaPlace>["go"];
  reveal: (agendas: string[]) => void;
}

/** After a booking: shows it, and offers to complete the task it was made for. */
function useBooked({ moved, task, close, go, reveal }: Booked) {
  const { t } = useTranslation("agenda");
  const tasks = useTaskActs();
  return (appointment: Appointment) => {
    const message = t(moved ? "booking.moved" : "booking.booked", { when: dayAndWallHour(appointment.local_start) });
    close();
    reveal(appointment.agendas);
    go({ jour: dayOf(appointment.local_start), rdv: appointment.id, tache: undefined, patient: undefined });
    if (task && task.status !== "done") offerUndo({ message, label: t("booking.completeTask"), undo: () => void tasks.close(task, "complete") });
    else sayDone(message);
  };
}
