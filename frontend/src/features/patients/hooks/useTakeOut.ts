import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { newId } from "@/api/ids";
import { joinCircle, leaveCircle } from "@/features/patients/api/circle";
import { patientKey } from "@/features/patients/api/patient";
import type { CircleKind, CircleMember, Patient } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { offerUndo, sayDone, sayFailed, useSentence } from "@/ui";

/** The same line again, for taking back that it was ended. */
const again = ({ person, team, role, why, until, basis }: CircleMember, circle: CircleKind) => ({
  person: person?.id ?? null,
  team: team?.id ?? null,
  role,
  why,
  until,
  basis,
  circle,
});

/** Takes a line out of a circle: at once, with its reason when refused, and to be taken back while one may. */
export function useTakeOut(patient: Patient) {
  const client = useQueryClient();
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const sentence = useSentence();
  return useCallback(
    async (member: CircleMember, { forGood }: { forGood: boolean }) => {
      const attempt = async (send: () => Promise<unknown>): Promise<boolean> => {
        try {
          await send();
          return true;
        } catch (error) {
          sayFailed({ message: sentence(error) });
          return false;
        } finally {
          void readAgain(client, { queryKey: patientKey(patient.id) });
          void readAgain(client, { queryKey: ["patients"] });
        }
      };
      if (!(await attempt(() => leaveCircle(patient.id, member.id)))) return;
      const message = t("circle.removed", { name: member.person?.name ?? member.team?.name });
      const takeBack = () => void attempt(() => joinCircle(patient.id, again(member, patient.circle.circle), newId()));
      if (forGood) sayDone(message);
      else offerUndo({ message, label: common("act.undo"), undo: takeBack });
    },
    [client, common, patient, sentence, t],
  );
}
