import { useEffect, useState } from "react";

import { wallOf } from "@/features/agenda/wall";
import { zoneNow } from "@/i18n/when";

const EVERY_MS = 20_000;

/** The wall time of the centre, to the minute: "2026-11-23T14:05". */
export function useWallNow(): string {
  const [now, setNow] = useState(() => wallOf(new Date(), zoneNow()));
  useEffect(() => {
    const timer = setInterval(() => setNow(wallOf(new Date(), zoneNow())), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
