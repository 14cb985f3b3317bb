import type { PersonRef } from "@/api/types";

export interface Named {
  id: string;
  name: string;
}

/** One span of a usual working day, in the centre's time. */
export interface Hours {
  /** 1 for Monday, 7 for Sunday */
  day: number;
  from: string;
  until: string;
}

export type Presence = "here" | "away" | "absent";

export interface HeldRole extends Named {
  /** when it ends by itself; null is without end */
  until: string | null;
}

export interface Colleague extends PersonRef {
  role: string;
  title: string;
  rpps: string;
  phone: string;
  email: string;
  photo: string | null;
  hours: Hours[];
  presence: Presence;
  absent_until: string | null;
  delegate: PersonRef | null;
  teams: Named[];
  sites: Named[];
  roles: HeldRole[];
  is_active: boolean;
  is_service: boolean;
}

export interface ColleaguePage {
  items: Colleague[];
  next: string | null;
}

export interface PeopleFilter {
  q?: string;
  profession?: string;
  site?: string;
  former?: boolean;
}

export interface Absence {
  id: string;
  person: PersonRef;
  delegate: PersonRef | null;
  starts_at: string;
  ends_at: string;
  reason: string;
}

export interface AbsenceDraft {
  person?: string;
  delegate: string | null;
  starts_at: string;
  ends_at: string;
  reason: string;
}

export const KINDS = ["pharmacy", "hospital", "physician", "laboratory", "social", "landlord", "employer", "other"] as const;
export type CorrespondentKind = (typeof KINDS)[number];

export interface CorrespondentFields {
  kind: CorrespondentKind;
  name: string;
  organisation: string;
  phone: string;
  email: string;
  mss_address: string;
  address: string;
  note: string;
}

export interface Correspondent extends CorrespondentFields {
  id: string;
}
