import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { completeStep, reopenStep } from "@/features/patients/api/plans";
import { lateStepsQuery, type LateStep, type LateSteps } from "@/features/today/api/listLateSteps";
import { readAgain } from "@/realtime/readAgain";
import { offerUndo, sayFailed, useSentence } from "@/ui";

const without = (list: LateSteps | undefined, step: LateStep) => list && { ...list, items: list.items.filter(({ id }) => id !== step.id) };

/** Marks a late step done: it leaves at once, comes back with the reason when refused, and can be taken back. */
export function useStepDone(): (step: LateStep) => Promise<void> {
  const client = useQueryClient();
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const sentence = useSentence();
  return useCallback(
    async (step) => {
      const again = () => readAgain(client, { queryKey: lateStepsQuery.queryKey });
      const attempt = async (send: (id: string) => Promise<unknown>): Promise<boolean> => {
        try {
          await send(step.id);
          return true;
        } catch (error) {
          sayFailed({ message: sentence(error) });
          return false;
        } finally {
          void again();
        }
      };
      client.setQueryData<LateSteps>(lateStepsQuery.queryKey, (list) => without(list, step));
      if (!(await attempt(completeStep))) return;
      offerUndo({ message: t("plans.marked", { title: step.title }), label: common("act.undo"), undo: () => void attempt(reopenStep) });
    },
    [client, sentence, t, common],
  );
}
