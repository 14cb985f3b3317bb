import { IconCalendar, IconChecklist, IconMail, IconMessage, IconRoute, IconTransfer, IconUrgent } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { useStoryWords } from "@/features/patients/hooks/useStoryWords";
import type { StoryEntry, StoryKind } from "@/features/patients/types";
import { dayAndHour, hour, isoDay, longDay } from "@/i18n/when";
import classes from "./StoryList.module.css";

const ICONS: Record<StoryKind, typeof IconMail> = {
  message: IconMessage,
  task: IconChecklist,
  appointment: IconCalendar,
  mail: IconMail,
  step: IconRoute,
  emergency: IconUrgent,
  transfer: IconTransfer,
};

interface Day {
  day: string;
  entries: StoryEntry[];
}

/** Entries by the day on which they happened, in the order they came. */
function byDay(entries: StoryEntry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = isoDay(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** A patient's story, newest first. */
export function StoryList({ entries }: { entries: StoryEntry[] }) {
  return (
    <div className={classes.story}>
      {byDay(entries).map(({ day, entries: ofDay }) => (
        <section key={day} aria-label={longDay(day)}>
          <h2 className={classes.day}>{longDay(day)}</h2>
          <ol className={classes.entries}>
            {ofDay.map((entry) => (
              <Entry key={`${entry.kind}-${entry.id}`} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Entry({ entry }: { entry: StoryEntry }) {
  const words = useStoryWords(entry);
  const Icon = ICONS[entry.kind];
  return (
    <li className={classes.entry} data-kind={entry.kind}>
      <span className={classes.icon} aria-hidden>
        <Icon size={16} stroke={1.8} />
      </span>
      <div className={classes.words}>
        <p className={classes.title}>
          <Target entry={entry}>{words.title}</Target>
          {words.status && (
            <span className={classes.status} data-tone={words.tone}>
              {words.status}
            </span>
          )}
        </p>
        {entry.text && <p className={classes.text}>{entry.text}</p>}
        {words.detail && <p className={classes.detail}>{words.detail}</p>}
      </div>
      <time className={classes.hour} dateTime={entry.at} title={dayAndHour(entry.at)}>
        {hour(entry.at)}
      </time>
    </li>
  );
}

/** The entry's words, leading to where it lives when it lives somewhere. */
function Target({ entry: { kind, link, on }, children }: { entry: StoryEntry; children: ReactNode }) {
  if (kind === "message" && link.conversation) {
    return (
      <Link className={classes.link} to="/messages/{-$id}" params={{ id: link.conversation }}>
        {children}
      </Link>
    );
  }
  if (kind === "task" && link.task) {
    return (
      <Link className={classes.link} to="/taches" search={{ tache: link.task }}>
        {children}
      </Link>
    );
  }
  if (kind === "appointment" && on) {
    return (
      <Link className={classes.link} to="/agenda" search={{ jour: on }}>
        {children}
      </Link>
    );
  }
  return <>{children}</>;
}
