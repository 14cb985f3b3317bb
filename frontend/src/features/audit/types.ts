import type { Schema } from "@/api/types";

export type Access = Schema<"LogLineOut">;
export type Change = Schema<"ChangeOut">;
export type FoundPatient = Schema<"FoundPatient">;

/** What is looked for in the access log; days are "2026-11-23". */
export interface Wanted {
  q: string;
  person: string | null;
  patient: string | null;
  kind: string | null;
  from: string | null;
  until: string | null;
}

export const NOTHING: Wanted = { q: "", person: null, patient: null, kind: null, from: null, until: null };
