import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Plan, Plans, Step } from "@/features/patients/types";
import { liveQuery, REFETCH } from "@/realtime/live";

/** The plans of a patient; any event of the circle may have moved a step. */
export const plansQuery = (patient: string) =>
  liveQuery<Plans>({
    queryKey: ["plans", patient],
    fetch: (signal) => ok(api.GET("/api/patients/{patient_id}/plans", { params: { path: { patient_id: patient } }, signal })),
    apply: () => REFETCH,
  });

/** Flags and measures are set later, on the plan. */
const NOTHING_ELSE = { flags: [], measures: {} };

/** What enrolling on a day would propose; nothing is written. */
export const previewQuery = (patient: string, protocol: string, inclusion: string) =>
  queryOptions({
    queryKey: ["preview", patient, protocol, inclusion],
    queryFn: ({ signal }) =>
      ok(
        api.POST("/api/patients/{patient_id}/plans/preview", {
          params: { path: { patient_id: patient } },
          body: { protocol, anchors: { inclusion }, ...NOTHING_ELSE, left_out: [] },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export interface Enrolment {
  protocol: string;
  inclusion: string;
  /** Codes of the steps that are not wanted. */
  leftOut: string[];
}

export const enrol = (patient: string, { protocol, inclusion, leftOut }: Enrolment, key: string): Promise<Plan> =>
  ok(
    api.POST("/api/patients/{patient_id}/plans", {
      params: { path: { patient_id: patient }, header: { "Idempotency-Key": key } },
      body: { protocol, anchors: { inclusion }, ...NOTHING_ELSE, left_out: leftOut },
    }),
  );

export const completeStep = (step: string): Promise<Step> =>
  ok(api.POST("/api/steps/{step_id}/done", { params: { path: { step_id: step } }, body: {} }));

export const reopenStep = (step: string): Promise<Step> =>
  ok(api.POST("/api/steps/{step_id}/reopen", { params: { path: { step_id: step } } }));

export const skipStep = (step: string, why: string): Promise<Step> =>
  ok(api.POST("/api/steps/{step_id}/skip", { params: { path: { step_id: step } }, body: { why } }));
