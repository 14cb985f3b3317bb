/** The references that every part of the interface shows. */
export interface PersonRef {
  id: string;
  name: string;
  short: string;
  profession: string;
  initials: string;
}

export type IdentityStatus = "PROV" | "RECUP" | "VALI" | "QUAL";

export interface PatientRef {
  id: string;
  /** "DURAND Marie" */
  name: string;
  /** "1957-03-12" */
  birth_date: string;
  age: number;
  sex: "F" | "M" | "U";
  identity_status: IdentityStatus;
}

/** For each stream a list depends on, the last event that the list already contains. */
export type Heads = Record<string, number>;

export interface Listed<T> {
  items: T[];
  heads: Heads;
}
