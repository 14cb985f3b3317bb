import { useConnectionSentence } from "@/app/shell/useConnectionSentence";
import classes from "./ConnectionLine.module.css";

interface ConnectionLineProps {
  /** In the narrow rail: on two or three short lines. */
  stacked?: boolean;
  /** On the phone: only when something is wrong. */
  onlyTrouble?: boolean;
  className?: string;
}

/** "À jour à 10:42", "Reconnexion…", "Hors ligne : 2 messages en attente". */
export function ConnectionLine({ stacked = false, onlyTrouble = false, className = "" }: ConnectionLineProps) {
  const { tone, text } = useConnectionSentence();
  if (onlyTrouble && tone !== "off") return null;
  return (
    <div className={`${classes.line} ${className}`} data-tone={tone} data-stacked={stacked || undefined}>
      <span className={classes.dot} aria-hidden />
      {/* The minute changes without being announced; trouble is. */}
      <span role="status" aria-live={tone === "off" ? "polite" : "off"}>
        {text}
      </span>
    </div>
  );
}
