import { decodeCursor } from '../http/cursor.js';
import type { FieldReader } from '../http/field-reader.js';

const NEWEST = '9223372036854775807';
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/**
 * Reads what every list of numbered entries, the newest first, takes: `limit` (50 unless given, 200 at most) and the
 * `cursor` of the page before. Faults are noted in the reader.
 */
export function readNewestFirst(reader: FieldReader): { limit: number; before: string } {
  const limit = reader.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const cursor = reader.text('cursor', 64);
  const [before = ''] = cursor === undefined ? [NEWEST] : (decodeCursor(cursor, 1) ?? []);
  if (!/^\d{1,18}$|^9223372036854775807$/.test(before)) {
    reader.fault('cursor', 'Must be the nextCursor of the page before.');
  }
  return { limit, before };
}
