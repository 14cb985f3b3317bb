import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";

/** One appointment, wherever it stands. */
export const appointmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["appointment", id],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/appointments/{appointment_id}", { params: { path: { appointment_id: id } }, signal })),
    staleTime: 0,
  });
