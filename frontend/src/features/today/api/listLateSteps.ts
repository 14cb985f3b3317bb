import { api, ok } from "@/api/client";
import type { Schema } from "@/api/types";
import { liveQuery, REFETCH } from "@/realtime/live";

export type LateStep = Schema<"LateStep">;
export type LateSteps = Schema<"LateStepsOut">;

/** The late steps of one's patients, those most behind first; any event of their circles may have moved one. */
export const lateStepsQuery = liveQuery<LateSteps>({
  queryKey: ["steps", "late"],
  fetch: (signal) => ok(api.GET("/api/steps/late", { signal })),
  apply: () => REFETCH,
});
