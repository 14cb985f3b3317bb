import type { Place } from "@/features/patients/api/transfer";

export interface Destination {
  place: Place;
  /** What it is part of, below the centre: "Site des Tilleuls". */
  path: string;
}

/** The sites and units that a follow-up may go to, each after the one it belongs to; not where it is. */
export function destinations(places: Place[], here: string | null): Destination[] {
  const byId = new Map(places.map((place) => [place.id, place]));
  const pathOf = ({ parent }: Place): Place[] => {
    const above = parent === null ? undefined : byId.get(parent);
    return above && above.kind !== "centre" ? [...pathOf(above), above] : [];
  };
  const name = (place: Place) => [...pathOf(place), place].map((one) => one.name).join(" / ");
  return places
    .filter(({ id, kind }) => kind !== "centre" && id !== here)
    .sort((one, other) => name(one).localeCompare(name(other), "fr"))
    .map((place) => ({ place, path: pathOf(place).map((one) => one.name).join(" / ") }));
}
