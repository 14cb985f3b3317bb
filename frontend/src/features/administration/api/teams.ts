import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Schema } from "@/api/types";

/** A new team, with its queue and its conversation. */
export const addTeam = (fields: Schema<"TeamIn">) => ok(api.POST("/api/teams", { body: fields, params: { header: { "Idempotency-Key": newId() } } }));

/** Another name, other professions, another place, or who is in it from now on. */
export const changeTeam = (id: string, fields: Schema<"TeamEdit">) => ok(api.PATCH("/api/teams/{team_id}", { params: { path: { team_id: id } }, body: fields }));
