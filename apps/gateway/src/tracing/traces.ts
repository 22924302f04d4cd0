import type { SpanFacts, SpanName } from './spans.js';

/** A step of a trace that has begun. */
export interface Span {
  /** For a further step, in this process or another (W3C Trace Context); null when nothing is traced. */
  readonly traceparent: string | null;
  note(facts: SpanFacts): void;
  /** @param isFault whether it is to be found among the faults */
  end(facts?: SpanFacts, isFault?: boolean): void;
}

export interface SpanStart {
  /** The traceparent of the step it belongs to; with none, or one that is malformed, a trace begins here. */
  readonly parent?: string | null | undefined;
  readonly facts?: SpanFacts;
  /** Now, unless given. */
  readonly since?: Date;
}

/**
 * The traces of a process. The context goes along as a text – through the ledger, too – so that nothing has to follow
 * the calls of a process, which would cost every call something.
 */
export interface Traces {
  begin(name: SpanName, start?: SpanStart): Span;
}

/** The traces of a process, for injection. */
export const TRACES = Symbol('traces');

const NO_SPAN: Span = { traceparent: null, note: () => undefined, end: () => undefined };

/** Of a process that traces nothing. */
export const NO_TRACES: Traces = { begin: () => NO_SPAN };
