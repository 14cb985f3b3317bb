import type { Schema } from "@/api/types";

export type Colleague = Schema<"PersonOut">;
export type ColleaguePage = Schema<"PeopleOut">;
export type Presence = Colleague["presence"];

/** One span of a usual working day, in the centre's time; 1 is Monday. */
export type Hours = Schema<"HoursOut">;

export interface PeopleFilter {
  q?: string;
  profession?: string;
  site?: string;
  /** also those who have no access today */
  former?: boolean;
}

export type Absence = Schema<"AbsenceOut">;
export type AbsenceDraft = Schema<"AbsenceIn">;

export type Correspondent = Schema<"CorrespondentOut">;
export type CorrespondentFields = Omit<Correspondent, "id">;
export type CorrespondentKind = Correspondent["kind"];
export const KINDS: CorrespondentKind[] = ["pharmacy", "hospital", "physician", "laboratory", "social", "landlord", "employer", "other"];
