import { receivedText } from './received-text.js';

/** How many bytes of the answer an error keeps. */
const RECEIVED_BYTES = 2048;

/**
 * What arrived instead of an envelope:
 * - `not-utf8`: the bytes are not UTF-8, so there is no text to read;
 * - `not-json`: a text, but not JSON: empty, HTML of a proxy, an answer cut short, something after the value;
 * - `not-an-envelope`: JSON, but not `message{head,body}` as the contract has it.
 */
export type EnvelopeErrorKind = 'not-utf8' | 'not-json' | 'not-an-envelope';

/**
 * Bytes that are not an envelope. A plain value, because it is an expected outcome: it is returned, matched by `kind`
 * and stored, never thrown.
 */
export interface EnvelopeError {
  readonly kind: EnvelopeErrorKind;
  /** Why, for people: positions and field names, never values, so it may be logged. */
  readonly detail: string;
  /**
   * The first 2 KiB of the answer, as text, cut between two characters. Invalid UTF-8 becomes U+FFFD; so does NUL,
   * which a text column of PostgreSQL cannot store. It may contain personal data: store it, do not log it.
   */
  readonly received: string;
}

/** What both decoders answer when the bytes are not an envelope. */
export interface EnvelopeFailure {
  ok: false;
  error: EnvelopeError;
}

/** Builds the failure for bytes that are not an envelope. */
export function envelopeFailure(kind: EnvelopeErrorKind, detail: string, bytes: Uint8Array): EnvelopeFailure {
  return { ok: false, error: { kind, detail, received: receivedText(bytes, RECEIVED_BYTES) } };
}
