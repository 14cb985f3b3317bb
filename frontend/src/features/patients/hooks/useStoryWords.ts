import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { StoryEntry } from "@/features/patients/types";
import { day } from "@/i18n/when";

export interface StoryWords {
  title: string;
  status?: string;
  /** Beside the words, never instead of them. */
  tone?: "good" | "late";
  detail?: string;
}

const TASK_STATES = ["open", "claimed", "waiting", "done", "cancelled"] as const;
const APPOINTMENT_STATES = ["booked", "confirmed", "cancelled"] as const;
const MAIL_STATES = ["due", "claimed", "sent", "failed", "dropped"] as const;
const STEP_STATES = ["done", "skipped", "withdrawn", "due", "planned"] as const;

const one = <T extends string>(known: readonly T[], given: string, otherwise: T): T => known.find((name) => name === given) ?? otherwise;

type T = TFunction<"patients">;

/** What the person named did: whoever created, claimed or finished the task. */
function by({ who }: StoryEntry, state: string, t: T): string | undefined {
  if (!who) return undefined;
  const did = state === "done" ? "done" : state === "claimed" ? "claimed" : "created";
  return t(`story.by.${did}`, { who: who.name });
}

function taskWords(entry: StoryEntry, t: T): StoryWords {
  const state = one(TASK_STATES, entry.status, "open");
  return {
    title: entry.title,
    status: t(`story.status.task.${state}`),
    tone: state === "done" ? "good" : undefined,
    detail: [by(entry, state, t), entry.on && t("story.for", { day: day(entry.on) })].filter(Boolean).join(" · "),
  };
}

function appointmentWords(entry: StoryEntry, t: T): StoryWords {
  const state = one(APPOINTMENT_STATES, entry.status, "booked");
  const when = entry.local_start ? `${day(entry.local_start.slice(0, 10))} ${entry.local_start.slice(11, 16)}` : "";
  return {
    title: t("story.appointmentOn", { when }),
    status: t(`story.status.appointment.${state}`),
    tone: state === "confirmed" ? "good" : undefined,
    detail: [entry.title, entry.who?.name].filter(Boolean).join(" · "),
  };
}

const MAILS = { "appointment.booked": "booked", "appointment.moved": "moved", "appointment.cancelled": "cancelled", "plan.reminder": "reminder" } as const;

function mailWords(entry: StoryEntry, t: T): StoryWords {
  const state = one(MAIL_STATES, entry.status, "due");
  const what = entry.title in MAILS ? MAILS[entry.title as keyof typeof MAILS] : "other";
  const tone = state === "sent" ? "good" : state === "failed" ? "late" : undefined;
  return { title: t(`story.mail.${what}`), status: t(`story.status.mail.${state}`), tone };
}

function stepWords(entry: StoryEntry, t: T): StoryWords {
  const state = one(STEP_STATES, entry.status, "done");
  const title = `${t(`story.step.${state}`)} : ${entry.title}`;
  return { title, tone: state === "done" ? "good" : undefined, detail: entry.who?.name };
}

/** What the story says of one entry, in the reader's language. */
export function useStoryWords(entry: StoryEntry): StoryWords {
  const { t } = useTranslation("patients");
  switch (entry.kind) {
    case "message":
      return { title: t("story.wrote", { who: entry.who?.name ?? "Liaison" }) };
    case "task":
      return taskWords(entry, t);
    case "appointment":
      return appointmentWords(entry, t);
    case "mail":
      return mailWords(entry, t);
    case "step":
      return stepWords(entry, t);
    case "emergency":
      return { title: t("story.emergency", { who: entry.who?.name ?? "Liaison" }) };
    case "transfer":
      return { title: t("story.transfer", { to: entry.title }), detail: entry.who?.name };
  }
}
