/** Why signing in elsewhere (Pro Santé Connect) did not open the door: what the address says after `?refus=`. */
export const refusalNow = (search: string = location.search): string | null => new URLSearchParams(search).get("refus");

const KNOWN = ["unknown_person", "several_people", "other_identity", "no_rpps", "access_ended", "provider_unreachable", "cancelled", "too_weak", "expired"] as const;
type Known = (typeof KNOWN)[number];

export const refusalWord = (code: string): Known | "other" => KNOWN.find((known) => known === code) ?? "other";
