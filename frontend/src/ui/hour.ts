/** The hour somebody typed, as the clock writes it: "8", "8h", "8:5" and "0805" are 08:00, 08:00, 08:05, 08:05; "" when it is none. */
export function hourOf(typed: string): string {
  const found = /^\s*(\d{1,2})\s*(?:[:hH.]?\s*(\d{1,2}))?\s*[hH]?\s*$/.exec(typed);
  if (!found) return "";
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hours > 23 || minutes > 59) return "";
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
