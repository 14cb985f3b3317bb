import type { Patient } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";

/** Whether this person may change a patient's circle: with the right, and as one of it; an emergency opens, it hands nothing over. */
export function useMayChange({ access }: Patient, right = "patient.edit"): boolean {
  return useMay(right) && access.kind === "care_team";
}
