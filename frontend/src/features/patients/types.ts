import type { Schema } from "@/api/types";

export type Patient = Schema<"PatientOut">;
export type CircleMember = Schema<"MemberOut">;
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
