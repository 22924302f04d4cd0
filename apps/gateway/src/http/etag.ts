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
