/** A header as it was on the wire: its spelling, its position, and one entry for each occurrence. */
export type RawHeader = readonly [name: string, value: string];

export interface SentRequest {
  /** The contract's method that is called; undefined for a call of no method. */
  readonly method: number | undefined;
  readonly verb: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: readonly RawHeader[];
  readonly body: string;
}

export interface ReceivedAnswer {
  /** 0 when there was no answer; `failure` says why. */
  readonly status: number;
  readonly headers: readonly RawHeader[];
  readonly body: Buffer;
  readonly failure?: string;
}

/** One call of the kit and its result, both without secrets. */
export interface Exchange {
  readonly request: SentRequest;
  readonly answer: ReceivedAnswer;
  /** Sent with wrong or no credentials, or an unusual spelling: the contract does not say how that is answered. */
  readonly unauthorised: boolean;
  readonly durationMs: number;
}

/** The values of one header, in order, in any case. */
export function headerValues({ answer }: Exchange, name: string): string[] {
  return answer.headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
}

/** The text of an answer; invalid UTF-8 becomes replacement characters. */
export function textOf({ answer }: Exchange): string {
  return answer.body.toString('utf8');
}

/** Whether an answer has no body: "nothing to return" (koshelek-loyalty.md, "Every method"). */
export function isEmpty({ answer }: Exchange): boolean {
  return answer.body.length === 0;
}

/** The JSON of an answer, or undefined when it is invalid. */
export function jsonOf(exchange: Exchange): unknown {
  try {
    return JSON.parse(textOf(exchange)) as unknown;
  } catch {
    // Whether it is JSON is what the caller asks.
    return undefined;
  }
}

/** A field somewhere inside the JSON of an answer; undefined if absent. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Readonly<Record<string, unknown>>)[name];
  }
  return current;
}

/**
 * The text of an elementary field of any JSON type: another check requires a string, and no other check should fail
 * with it.
 */
export function scalarOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/**
 * Whether the server refused: with any status but a success, or with an error body under a success. Another check
 * covers the status of a refusal.
 */
export function isRefused(exchange: Exchange): boolean {
  return exchange.answer.status >= 300 || looksLikeError(exchange);
}

/** Whether the server carried the call out. */
export function isCarriedOut(exchange: Exchange): boolean {
  return exchange.answer.status !== 0 && !isRefused(exchange);
}

function looksLikeError(exchange: Exchange): boolean {
  const json = jsonOf(exchange);
  return fieldOf(json, 'code') !== undefined && fieldOf(json, 'description') !== undefined;
}

/** The answer, in a few words. */
export function describeAnswer(exchange: Exchange): string {
  const { status, failure } = exchange.answer;
  if (failure !== undefined) return `no answer: ${failure}`;
  const text = textOf(exchange);
  const shown = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return `${status}, ${text === '' ? 'empty body' : shown}`;
}
