import { createHmac, timingSafeEqual } from 'node:crypto';
import { CallbackError } from './errors.js';
import { parseExactJson } from './exact-json.js';
import type { CallbackEvent } from './types.js';

/** Anything with `get`: the `Headers` of `fetch`, of any library or realm, or a `Map`. */
export interface HeaderGetter {
  get(name: string): string | readonly string[] | null | undefined;
}

/**
 * Headers as Node has them (`request.headers`, `headersDistinct`), as pairs of names and values (`rawHeaders` in twos),
 * or with a `get`.
 */
export type CallbackHeaders =
  | HeaderGetter
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly (readonly [name: string, value: string])[];

export interface CallbackRequest {
  readonly headers: CallbackHeaders;
  /** The received bytes of the body. A body that was parsed and serialised again has other bytes. */
  readonly body: string | Uint8Array;
}

export interface VerifyOptions {
  /** How old, or how far ahead, a callback may be, in seconds; by default five minutes. */
  readonly toleranceSecs?: number;
  /** The present moment. */
  readonly now?: Date;
}

/** A verified callback of the gateway. */
export interface VerifiedCallback {
  /** The same for every delivery of this event: ignore one that you have handled. */
  readonly id: string;
  readonly event: CallbackEvent;
}

const PREFIX = 'whsec_';
const DEFAULT_TOLERANCE_SECS = 300;

/**
 * Checks a callback as Standard Webhooks 1.0.0 has it.
 *
 * @param secrets the secret (`whsec_…`), or while it changes the old and the new one
 * @throws CallbackError when it is not signed with one of the secrets, or was not sent just now
 */
export function verifyCallback(
  { headers, body }: CallbackRequest,
  secrets: string | readonly string[],
  { toleranceSecs = DEFAULT_TOLERANCE_SECS, now = new Date() }: VerifyOptions = {},
): VerifiedCallback {
  const id = readHeader(headers, 'webhook-id');
  const timestamp = readHeader(headers, 'webhook-timestamp');
  const signatures = readHeader(headers, 'webhook-signature').split(' ');
  if (!/^\d{1,12}$/.test(timestamp)) throw new CallbackError('webhook-timestamp is no number of seconds');
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const expected = [secrets].flat().map((secret) => sign(secret, `${id}.${timestamp}.${text}`));
  if (!signatures.some((given) => expected.some((one) => isSame(given, one)))) {
    throw new CallbackError('no signature of this callback is right: wrong secret, or a changed body');
  }
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > toleranceSecs) {
    throw new CallbackError(
      `the callback was signed more than ${toleranceSecs} s from now: a clock is wrong, or it is old`,
    );
  }
  return { id, event: parseExactJson(text) as CallbackEvent };
}

function sign(secret: string, signed: string): string {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  // With an empty key anyone could sign.
  if (key.length === 0) throw new CallbackError('the secret of callbacks is empty or no base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function readHeader(headers: CallbackHeaders, name: string): string {
  const found = findHeader(headers, name);
  // A repeated header is ambiguous.
  const value = Array.isArray(found) && found.length === 1 ? (found[0] as string) : found;
  if (typeof value !== 'string' || value === '') throw new CallbackError(`the header ${name} is missing`);
  return value;
}

/** Node writes names in lower case; a framework or the caller may not. */
function findHeader(headers: CallbackHeaders, name: string): string | readonly string[] | null | undefined {
  const { get } = headers as Partial<HeaderGetter>;
  if (typeof get === 'function') {
    const got = get.call(headers, name);
    if (got != null || !(Symbol.iterator in headers)) return got;
  }
  const entries = isIterable(headers) ? [...headers] : Object.entries(headers as Record<string, string>);
  return entries.find(([key]) => key.toLowerCase() === name)?.[1];
}

function isIterable(headers: object): headers is Iterable<readonly [string, string | readonly string[]]> {
  return Symbol.iterator in headers;
}
