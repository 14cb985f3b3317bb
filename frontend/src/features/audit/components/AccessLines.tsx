import { Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { byDay } from "@/features/audit/days";
import type { Access, Change } from "@/features/audit/types";
import { birthDate, hour, longDay } from "@/i18n/when";
import classes from "./AccessLines.module.css";

const GRAVE = ["break_glass.begun", "patient.refused", "session.refused"];

interface AccessLinesProps {
  lines: Access[];
  /** In a log about one patient, nobody needs to be told which. */
  aboutOne?: boolean;
}

/** Acts under the day on which they were done: when, who, what, and from where. */
export function AccessLines({ lines, aboutOne = false }: AccessLinesProps) {
  return byDay(lines).map(({ day, lines: ofDay }) => (
    <section key={day} className={classes.ofDay} aria-label={longDay(day)}>
      <h3 className={classes.day}>
        {longDay(day)} {day.slice(0, 4)}
      </h3>
      <ul className={classes.lines}>
        {ofDay.map((line) => (
          <Line key={line.id} line={line} aboutOne={aboutOne} />
        ))}
      </ul>
    </section>
  ));
}

function Line({ line, aboutOne }: { line: Access; aboutOne: boolean }) {
  const grave = GRAVE.some((kind) => line.kind.startsWith(kind));
  return (
    <li className={classes.line} data-grave={grave || undefined}>
      <time className={classes.hour} dateTime={line.at}>
        {hour(line.at)}
      </time>
      <Who line={line} />
      <div className={classes.act}>
        <div>{line.sentence}</div>
        <About line={line} aboutOne={aboutOne} />
        {line.notes.map((note) => (
          <div key={note} className={classes.quiet}>
            {note}
          </div>
        ))}
        <Changes changes={line.changes} />
      </div>
      <div className={classes.address}>{line.address}</div>
    </li>
  );
}

function Who({ line }: { line: Access }) {
  const { t } = useTranslation("audit");
  return (
    <div className={classes.who}>
      <div className={classes.name}>{line.who?.name ?? t("system")}</div>
      {line.who && <div className={classes.quiet}>{line.who.profession}</div>}
      {line.on_behalf_of && <div className={classes.quiet}>{t("inPlaceOf", { name: line.on_behalf_of.name })}</div>}
    </div>
  );
}

function About({ line, aboutOne }: { line: Access; aboutOne: boolean }) {
  const { t } = useTranslation("audit");
  const named = line.patient?.name && line.patient.birth_date ? `${line.patient.name} · ${birthDate(line.patient.birth_date)}` : null;
  return (
    <>
      {line.about && <Text className={classes.quiet}>{line.about.name}</Text>}
      {!aboutOne && line.patient && <Text className={classes.quiet}>{named ?? t("unnamed", { reference: line.patient.id.slice(-6) })}</Text>}
    </>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation("audit");
  if (changes.length === 0) return null;
  return (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <li key={change.field}>
          <span className={classes.quiet}>{t("field", { field: change.field })} </span>
          {change.withheld ? (
            <span className={classes.quiet}>{t("withheld")}</span>
          ) : (
            <>
              <del className={classes.before}>{change.before || t("empty")}</del>
              <span aria-hidden> → </span>
              <VisuallyHidden>{t("became")}</VisuallyHidden>
              <ins className={classes.after}>{change.after || t("empty")}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
