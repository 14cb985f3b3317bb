import type { components } from "@/api/schema";

/** The shapes that the server's OpenAPI document names: Schema<"TaskOut">. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** The references that every part of the interface shows. */
export type PersonRef = Schema<"PersonRef">;
export type PatientRef = Schema<"PatientRef">;
export type IdentityStatus = PatientRef["identity_status"];

/** For each stream a list depends on, the last event that the list already contains. */
export type Heads = Record<string, number>;

export interface Listed<T> {
  items: T[];
  heads: Heads;
}
