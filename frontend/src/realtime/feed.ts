import { ApiError, Unreachable } from "@/api/errors";
import { newId } from "@/api/ids";
import type { Heads } from "@/api/types";
import { EventLog } from "@/realtime/eventLog";
import { readFrame, type ClientFrame, type ServerFrame, type StreamEvent } from "@/realtime/frames";

const SILENCE_MS = 15_000;
const ANSWER_MS = 10_000;
const SIGNED_OUT = 4401;
/** A frame holds 64 KiB at most; someone in every patient's circle follows more streams than fit in one. */
const STREAMS_PER_FRAME = 500;

const inParts = <T>(all: T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / STREAMS_PER_FRAME) }, (_, part) =>
    all.slice(part * STREAMS_PER_FRAME, (part + 1) * STREAMS_PER_FRAME),
  );

export interface FeedStatus {
  connection: "idle" | "connecting" | "open" | "down";
  /** The server's word that everything up to this instant has been received. */
  currentAt: string | null;
}

export interface FeedListener {
  event?: (event: StreamEvent) => void;
  /** The log no longer reaches back to what this tab holds: fetch the snapshot again. */
  reset?: (stream: string) => void;
  dropped?: (streams: string[]) => void;
  typing?: (stream: string, person: string) => void;
  opened?: () => void;
  signedOut?: () => void;
}

interface Waiting {
  resolve: (data: Record<string, unknown>) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** The one socket of this tab: joins streams, finds holes, reconnects by itself, and answers commands. */
export class Feed {
  readonly log = new EventLog();
  private readonly open: () => WebSocket;
  private socket: WebSocket | null = null;
  private readonly listeners = new Set<FeedListener>();
  private readonly watchers = new Set<() => void>();
  private readonly commands = new Map<string, Waiting>();
  private status: FeedStatus = { connection: "idle", currentAt: null };
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private lastFrameAt = 0;
  private rejoining = new Set<string>();

  constructor(open: () => WebSocket) {
    this.open = open;
  }

  getStatus = (): FeedStatus => this.status;

  watch = (act: () => void): (() => void) => {
    this.watchers.add(act);
    return () => this.watchers.delete(act);
  };

  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (this.status.connection !== "idle") return;
    window.addEventListener("online", this.reconnectNow);
    this.connect();
  }

  /** Ends the connection and forgets every stream: what comes next may be someone else's. */
  stop(): void {
    window.removeEventListener("online", this.reconnectNow);
    clearTimeout(this.retry);
    clearInterval(this.pulse);
    this.abandonCommands();
    for (const stream of Object.keys(this.log.positions())) this.log.forget(stream);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.setStatus({ connection: "idle", currentAt: null });
  }

  /** Follows streams from where a snapshot ends; those already followed stay where they are. */
  follow(heads: Heads): void {
    const fresh = Object.entries(heads).filter(([stream]) => !this.log.has(stream));
    for (const [stream, head] of fresh) this.log.startAt(stream, head);
    this.join(fresh);
  }

  private join(streams: [string, number][]): void {
    for (const part of inParts(streams)) this.send({ type: "join", streams: Object.fromEntries(part) });
  }

  /** Leaves every stream that nothing on this page depends on any more. */
  keepOnly(wanted: Set<string>): void {
    const left = Object.keys(this.log.positions()).filter((stream) => !wanted.has(stream));
    for (const stream of left) this.log.forget(stream);
    for (const part of inParts(left)) this.send({ type: "leave", streams: part });
  }

  typing(stream: string): void {
    this.send({ type: "typing", stream });
  }

  /** Runs a named command; rejects with the server's refusal, or `Unreachable` when no answer came. */
  command(name: string, data: Record<string, unknown>): Promise<Record<string, unknown>> {
    const ref = newId();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.settle(ref)?.reject(new Unreachable()), ANSWER_MS);
      this.commands.set(ref, { resolve, reject, timer });
      if (!this.send({ type: "command", ref, name, data })) this.settle(ref)?.reject(new Unreachable());
    });
  }

  /** Tries again a little later and later: after a fault, or when the session only got another name. */
  readonly reconnect = () => {
    this.failures += 1;
    this.setStatus({ ...this.status, connection: this.failures > 2 ? "down" : "connecting" });
    const longest = Math.min(15_000, 500 * 2 ** this.failures);
    this.retry = setTimeout(() => this.connect(), 250 + longest * Math.random());
  };

  private readonly reconnectNow = () => {
    if (this.status.connection === "open") return;
    clearTimeout(this.retry);
    this.connect();
  };

  private connect(): void {
    this.socket?.close();
    const socket = this.open();
    this.socket = socket;
    this.setStatus({ ...this.status, connection: this.failures > 2 ? "down" : "connecting" });
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (message) => {
      if (socket === this.socket) this.receive(readFrame(message.data));
    };
    socket.onclose = (closing) => {
      if (socket === this.socket) this.closed(closing.code);
    };
  }

  private opened(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.failures = 0;
    this.lastFrameAt = Date.now();
    this.rejoining.clear();
    this.setStatus({ ...this.status, connection: "open" });
    this.join(Object.entries(this.log.positions()));
    clearInterval(this.pulse);
    this.pulse = setInterval(() => this.checkPulse(), SILENCE_MS / 2);
    for (const listener of this.listeners) listener.opened?.();
  }

  private closed(code: number): void {
    clearInterval(this.pulse);
    this.socket = null;
    this.abandonCommands();
    if (code === SIGNED_OUT) {
      for (const listener of this.listeners) listener.signedOut?.();
      return;
    }
    this.reconnect();
  }

  private checkPulse(): void {
    const silence = Date.now() - this.lastFrameAt;
    if (silence > 2 * SILENCE_MS) {
      const socket = this.socket;
      this.closed(0);
      socket?.close();
    } else if (silence > SILENCE_MS) {
      this.send({ type: "ping", ref: newId() });
    }
  }

  private receive(frame: ServerFrame | null): void {
    this.lastFrameAt = Date.now();
    if (frame === null) return;
    switch (frame.type) {
      case "event":
        return this.receiveEvent(frame);
      case "events":
        return frame.events.forEach((event) => this.receiveEvent(event));
      case "joined":
        return this.joined(frame.streams, frame.refused ?? []);
      case "reset":
        this.log.startAt(frame.stream, frame.head);
        for (const listener of this.listeners) listener.reset?.(frame.stream);
        return;
      case "dropped":
        return this.drop(frame.streams);
      case "answer":
        return this.answered(frame);
      case "typing":
        for (const listener of this.listeners) listener.typing?.(frame.stream, frame.person);
        return;
      case "current":
        return this.setStatus({ ...this.status, currentAt: frame.at });
      default:
        return;
    }
  }

  private receiveEvent(event: StreamEvent): void {
    const verdict = this.log.take(event);
    if (verdict === "next") {
      for (const listener of this.listeners) listener.event?.(event);
    } else if (verdict === "hole" && !this.rejoining.has(event.stream)) {
      this.rejoining.add(event.stream);
      this.send({ type: "join", streams: { [event.stream]: this.log.positions()[event.stream] ?? -1 } });
    }
  }

  private joined(streams: Heads, refused: string[]): void {
    for (const stream of Object.keys(streams)) this.rejoining.delete(stream);
    if (refused.length > 0) this.drop(refused);
  }

  private drop(streams: string[]): void {
    for (const stream of streams) this.log.forget(stream);
    for (const listener of this.listeners) listener.dropped?.(streams);
  }

  private answered(frame: Extract<ServerFrame, { type: "answer" }>): void {
    const waiting = this.settle(frame.ref);
    if (frame.ok) waiting?.resolve(frame.data);
    else waiting?.reject(new ApiError(422, { ...frame.error }));
  }

  private settle(ref: string): Waiting | undefined {
    const waiting = this.commands.get(ref);
    this.commands.delete(ref);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  private abandonCommands(): void {
    for (const ref of [...this.commands.keys()]) this.settle(ref)?.reject(new Unreachable());
  }

  private send(frame: ClientFrame): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private setStatus(status: FeedStatus): void {
    this.status = status;
    for (const act of this.watchers) act();
  }
}
