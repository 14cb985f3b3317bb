import type { Heads } from "@/api/types";
import type { StreamEvent } from "@/realtime/frames";

const KEPT_PER_STREAM = 500;

/** What this tab has received of each stream: how far without a hole, and the latest events themselves. */
export class EventLog {
  private readonly held = new Map<string, number>();
  private readonly recent = new Map<string, StreamEvent[]>();

  has(stream: string): boolean {
    return this.held.has(stream);
  }

  /** Where to take each stream up again after a pause. */
  positions(): Heads {
    return Object.fromEntries(this.held);
  }

  startAt(stream: string, seq: number): void {
    this.held.set(stream, seq);
    this.recent.set(stream, []);
  }

  forget(stream: string): void {
    this.held.delete(stream);
    this.recent.delete(stream);
  }

  /** "next" is kept; "old" was seen before; "hole" means that events before this one are missing. */
  take(event: StreamEvent): "next" | "old" | "hole" {
    const held = this.held.get(event.stream);
    if (held === undefined || event.seq <= held) return "old";
    if (event.seq > held + 1) return "hole";
    this.held.set(event.stream, event.seq);
    const events = this.recent.get(event.stream) ?? [];
    events.push(event);
    if (events.length > KEPT_PER_STREAM) events.shift();
    this.recent.set(event.stream, events);
    return "next";
  }

  /** The events after `seq`; null when some of them are no longer here. */
  since(stream: string, seq: number): StreamEvent[] | null {
    const held = this.held.get(stream);
    if (held === undefined || held <= seq) return [];
    const after = (this.recent.get(stream) ?? []).filter((event) => event.seq > seq);
    return after.length === held - seq ? after : null;
  }
}
