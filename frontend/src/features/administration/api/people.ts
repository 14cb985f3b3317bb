import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Schema } from "@/api/types";

export type NewPerson = Schema<"NewPersonIn">;
export type Membership = Schema<"MembershipOut">;

const at = (id: string) => ({ params: { path: { person_id: id } } });
const once = () => ({ header: { "Idempotency-Key": newId() } });

/** The professions of a health centre, each with the role that a newcomer is offered. */
export const professionsQuery = queryOptions({
  queryKey: ["professions"],
  queryFn: ({ signal }) => ok(api.GET("/api/professions", { signal })),
  staleTime: Infinity,
});

/** Somebody new; the first password is shown once, so a request that is sent again is answered without it. */
export const createPerson = (fields: NewPerson, key: string) => ok(api.POST("/api/people", { body: fields, params: { header: { "Idempotency-Key": key } } }));

export const suspendPerson = (id: string) => ok(api.POST("/api/people/{person_id}/suspend", at(id)));
export const restorePerson = (id: string) => ok(api.POST("/api/people/{person_id}/restore", at(id)));
export const resetSecondFactor = (id: string) => ok(api.POST("/api/people/{person_id}/reset-second-factor", at(id)));
/** A password to hand over; the answer is the only time it is shown. */
export const giveFirstPassword = (id: string) => ok(api.POST("/api/people/{person_id}/first-password", at(id)));

/** What somebody held, holds and will hold, latest first. */
export const membershipsQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "memberships", id],
    queryFn: ({ signal }) => ok(api.GET("/api/people/{person_id}/memberships", { ...at(id), signal })),
    staleTime: 0,
  });

export const addMembership = (id: string, fields: Schema<"MembershipIn">) =>
  ok(api.POST("/api/people/{person_id}/memberships", { params: { path: { person_id: id }, ...once() }, body: fields }));

/** Another end, or none. */
export const changeMembership = (id: string, valid_until: string | null) =>
  ok(api.PATCH("/api/memberships/{membership_id}", { params: { path: { membership_id: id } }, body: { valid_until } }));

export const endMembership = (id: string) => ok(api.POST("/api/memberships/{membership_id}/end", { params: { path: { membership_id: id } } }));
