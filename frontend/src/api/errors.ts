/** Why a request failed, as the server says it: a stable code, a sentence for the person, and faults by field. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === "string" ? body.detail : "");
    this.name = "ApiError";
    this.status = status;
    this.code = typeof body.code === "string" ? body.code : "unexpected";
    this.fields = readFields(body.fields);
    this.body = body;
  }
}

/** The server could not be reached at all; nothing is known about the outcome. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}

function readFields(fields: unknown): Record<string, string> {
  if (typeof fields !== "object" || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([name, fault]) => [name, sentence(fault)]));
}

function sentence(fault: unknown): string {
  if (typeof fault === "string") return fault;
  return Array.isArray(fault) ? fault.map(sentence).join(" ") : "";
}
