import type { Schema } from "@/api/types";

export type Patient = Schema<"PatientOut">;
/** What anyone with the right to identify may see of a patient who is not in their care. */
export type Identity = Schema<"IdentityOut">;
export type CircleKind = Schema<"CircleRef">["circle"];
/** Of whom and in which circle something is written. */
export interface Whose {
  id: string;
  circle: CircleKind;
}
export type CircleMember = Schema<"MemberOut">;
/** Why sharing is allowed: the same care team, an exchange between those who take part in the care, or a consent. */
export type Basis = Schema<"BasisOut">;
export type Consent = Schema<"ConsentOut">;
export type Opposition = Schema<"OppositionOut">;
export type Candidate = Schema<"CandidateOut">;
export type NewPatient = Schema<"PatientIn">;
export type PatientChanges = Schema<"PatientChanges">;

export type Story = Schema<"StoryOut">;
export type StoryEntry = Schema<"StoryEntry">;
export type StoryKind = StoryEntry["kind"];

export type Plan = Schema<"PlanOut">;
export type Plans = Schema<"PlansOut">;
export type Step = Schema<"StepOut">;
export type Preview = Schema<"PreviewOut">;
export type Proposal = Schema<"ProposalOut">;
