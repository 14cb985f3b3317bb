import { ApiError } from "@/api/errors";
import { newId } from "@/api/ids";

/** A message on its way: kept until the server has committed it, across reloads of this tab. */
export interface Outgoing {
  id: string;
  conversation: string;
  body: string;
  at: string;
  /** "sent" is committed: it stays a moment, until its event has put it in the thread. */
  state: "sending" | "waiting" | "failed" | "sent";
  /** The server's sentence, when it refused. */
  reason?: string;
}

/** Not acknowledged yet, and not refused either. */
export const isUnderWay = (item: Outgoing): boolean => item.state === "sending" || item.state === "waiting";

export type Deliver = (message: Outgoing) => Promise<unknown>;

const KEY = "liaison.outbox";
const RETRY_MS = 3_000;
const LINGER_MS = 4_000;
const TRY_AGAIN = new Set(["unavailable", "too_many"]);

const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status < 500 && error.status !== 429 && !TRY_AGAIN.has(error.code);

/** Messages wait here, in order, until each is acknowledged; the same id is sent as often as it takes. */
export class Outbox {
  private items: Outgoing[] = [];
  private person = "";
  private busy = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly deliver: Deliver;
  private readonly watchers = new Set<() => void>();

  constructor(deliver: Deliver) {
    this.deliver = deliver;
  }

  getItems = (): Outgoing[] => this.items;

  watch = (act: () => void): (() => void) => {
    this.watchers.add(act);
    return () => this.watchers.delete(act);
  };

  /** Takes up what this person had left in this tab; another person's messages are wiped. */
  open(person: string): void {
    this.person = person;
    this.items = this.restore();
    this.changed();
    void this.flush();
  }

  /** Sends nothing more until it is opened again; what waits stays in the tab for the same person. */
  rest(): void {
    clearTimeout(this.retry);
    this.person = "";
    this.items = [];
    this.changed();
  }

  post(conversation: string, body: string): Outgoing {
    const message: Outgoing = { id: newId(), conversation, body, at: new Date().toISOString(), state: "sending" };
    this.items = [...this.items, message];
    this.changed();
    void this.flush();
    return message;
  }

  again(id: string): void {
    this.update(id, { state: "sending", reason: undefined });
    void this.flush();
  }

  discard(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
    this.changed();
  }

  /** Sends what waits, one at a time so that order is kept; stops at the first that does not get through. */
  flush = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.retry);
    try {
      for (let next = this.next(); next; next = this.next()) {
        if (!(await this.send(next))) break;
      }
    } finally {
      this.busy = false;
    }
  };

  private next = () => this.items.find(isUnderWay);

  private async send(message: Outgoing): Promise<boolean> {
    try {
      await this.deliver(message);
      this.update(message.id, { state: "sent" });
      setTimeout(() => this.discard(message.id), LINGER_MS);
      return true;
    } catch (error) {
      if (isRefusal(error)) {
        this.update(message.id, { state: "failed", reason: error.message });
        return true;
      }
      this.items = this.items.map((item) => (item.state === "sending" ? { ...item, state: "waiting" } : item));
      this.changed();
      this.retry = setTimeout(() => void this.flush(), RETRY_MS);
      return false;
    }
  }

  private update(id: string, change: Partial<Outgoing>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
    this.changed();
  }

  private restore(): Outgoing[] {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as { person: string; items: Outgoing[] } | null;
    if (kept?.person !== this.person) return [];
    return kept.items.map((item) => (item.state === "sending" ? { ...item, state: "waiting" } : item));
  }

  private changed(): void {
    if (this.person) sessionStorage.setItem(KEY, JSON.stringify({ person: this.person, items: this.items }));
    for (const act of this.watchers) act();
  }
}
