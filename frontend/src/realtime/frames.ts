/** The frames of `/ws/`; their meaning is in docs/protocol.md. */
export interface StreamEvent {
  stream: string;
  /** Its place in the stream: without gaps. */
  seq: number;
  kind: string;
  actor: string | null;
  at: string;
  data: Record<string, unknown>;
}

interface Refusal {
  code: string;
  detail: string;
  fields?: Record<string, string>;
}

export type ServerFrame =
  | { type: "joined"; streams: Record<string, number>; refused?: string[] }
  | ({ type: "event" } & StreamEvent)
  | { type: "events"; events: StreamEvent[] }
  | { type: "reset"; stream: string; head: number }
  | { type: "dropped"; streams: string[] }
  | { type: "answer"; ref: string; ok: true; data: Record<string, unknown> }
  | { type: "answer"; ref: string; ok: false; error: Refusal }
  | { type: "typing"; stream: string; person: string }
  | { type: "current"; at: string }
  | { type: "pong"; ref: string };

export type ClientFrame =
  | { type: "join"; streams: Record<string, number> }
  | { type: "leave"; streams: string[] }
  | { type: "command"; ref: string; name: string; data: Record<string, unknown> }
  | { type: "typing"; stream: string }
  | { type: "ping"; ref: string };

export function readFrame(text: unknown): ServerFrame | null {
  if (typeof text !== "string") return null;
  try {
    return JSON.parse(text) as ServerFrame;
  } catch {
    return null;
  }
}
