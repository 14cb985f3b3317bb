import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";
import type { CircleMember } from "@/features/patients/types";

export type NewMember = Schema<"MemberIn">;

/** The roles that one may hold in a circle, in this person's language. */
export const circleRolesQuery = queryOptions({
  queryKey: ["circle", "roles"],
  queryFn: ({ signal }) => ok(api.GET("/api/circle/roles", { signal })),
  staleTime: Infinity,
});

/** The same key with the same member makes one line, however often it is sent. */
export const joinCircle = (patient: string, body: NewMember, key: string): Promise<CircleMember> =>
  ok(api.POST("/api/patients/{patient_id}/circle", { body, params: { path: { patient_id: patient }, header: { "Idempotency-Key": key } } }));

export const leaveCircle = (patient: string, member: string) =>
  ok(api.DELETE("/api/patients/{patient_id}/circle/{member_id}", { params: { path: { patient_id: patient, member_id: member } } }));
