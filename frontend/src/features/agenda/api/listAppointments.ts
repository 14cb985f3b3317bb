import { api, ok } from "@/api/client";
import { applyToAppointments } from "@/features/agenda/appointments";
import type { AppointmentFilter, Appointments } from "@/features/agenda/types";
import { liveQuery } from "@/realtime/live";

/** The appointments of some agendas on some days, in and out as they are booked, moved and cancelled. */
export const appointmentsQuery = (filter: AppointmentFilter) =>
  liveQuery<Appointments>({
    queryKey: ["appointments", filter],
    fetch: (signal) =>
      ok(api.GET("/api/appointments", { params: { query: { ...filter, agendas: filter.agendas.join(",") } }, signal })),
    apply: applyToAppointments(filter),
  });
