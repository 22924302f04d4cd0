import { createHash } from 'node:crypto';
import type { Times } from './placeholders.js';
import type { ContentMd5Encoding, SignatureProfile } from './profile.js';
import type { SignableRequest } from './request.js';

export type ReceivedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The times of a request that we make. */
export function sentTimes({ date }: SignableRequest): Times {
  return {
    date: () => valid(date).toUTCString(),
    timestamp: () => String(Math.floor(valid(date).getTime() / 1000)),
  };
}

/** The headers to add to a request: the signature and what the profile sends with it. */
export function sentHeaders(
  { header, extraHeaders: extra }: SignatureProfile,
  request: SignableRequest,
  times: Times,
  signature: string,
  keyId: string,
): Record<string, string> {
  const headers: Record<string, string> = { [header]: signature };
  if (extra.date !== undefined) headers[extra.date] = times.date();
  if (extra.timestamp !== undefined) headers[extra.timestamp] = times.timestamp();
  if (extra.contentMd5 !== undefined) headers[CONTENT_MD5] = contentMd5(request, extra.contentMd5);
  if (extra.keyId !== undefined) headers[extra.keyId] = keyId;
  return headers;
}

/**
 * The times the sender signed, unchanged. Nothing when a header that the profile sends is missing or
 * repeated, or when Content-MD5 is not that of the body.
 */
export function receivedTimes(
  { extraHeaders: extra }: SignatureProfile,
  request: SignableRequest,
  headers: ReceivedHeaders,
): Times | undefined {
  const own = sentTimes(request);
  const date = extra.date === undefined ? own.date : saying(soleHeader(headers, extra.date));
  const timestamp = extra.timestamp === undefined ? own.timestamp : saying(soleHeader(headers, extra.timestamp));
  if (date === undefined || timestamp === undefined) return undefined;
  const md5Fits =
    extra.contentMd5 === undefined || soleHeader(headers, CONTENT_MD5) === contentMd5(request, extra.contentMd5);
  return md5Fits ? { date, timestamp } : undefined;
}

/** The header's only value. */
export function soleHeader(headers: ReceivedHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : undefined;
}

const CONTENT_MD5 = 'Content-MD5';

function contentMd5({ body }: SignableRequest, encoding: ContentMd5Encoding): string {
  return createHash('md5').update(body).digest(encoding);
}

function saying(text: string | undefined): (() => string) | undefined {
  return text === undefined ? undefined : () => text;
}

function valid(date: Date): Date {
  if (Number.isNaN(date.getTime())) throw new RangeError('the date of the request to be signed is not a valid date');
  return date;
}
