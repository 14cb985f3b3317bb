export const LISTS = ["collegues", "equipes", "correspondants"] as const;
export type List = (typeof LISTS)[number];

/** What the page shows: one of the lists, or one's own absences beside the colleagues. */
export type Place = List | "absences";

export function readPlace(volet: string | undefined): Place {
  if (volet === "absences") return "absences";
  return LISTS.find((known) => known === volet) ?? "collegues";
}

/** The address of a place: the colleagues need no word. */
export const searchFor = (place: Place): { volet?: string } => (place === "collegues" ? {} : { volet: place });
