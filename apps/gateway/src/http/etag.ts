import { createHash } from 'node:crypto';

/** A strong entity tag (RFC 9110, 8.8.3), with its quotes: the same for the same bytes, in every process. */
export function strongEtag(body: string | Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`;
}

/**
 * Whether `If-None-Match` names an entity tag, so that 304 is the answer (RFC 9110, 13.1.2): the comparison is the weak
 * one, and `*` names any.
 *
 * @param header several tags may stand in it
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return [...header.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag);
}
