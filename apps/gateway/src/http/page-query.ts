import { decodeCursor } from './cursor.js';
import { isInstant, type FieldReader } from './field-reader.js';
import { isUuid } from './uuid.js';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

const NEWEST = '9223372036854775807';

/** The last entry of a page: when it came, to the microsecond, and its id. */
export interface TimeCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** What every list takes: `limit`, 50 unless given, 200 at most. Faults are noted in the reader. */
export function readLimit(reader: FieldReader): number {
  return reader.wholeNumber('limit', 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
}

/**
 * What a list of numbered entries, the newest first, takes: `limit`, and the `cursor` of the page before. Faults are
 * noted in the reader.
 *
 * @returns as `before` the number that the page's entries are below
 */
export function readNewestFirst(reader: FieldReader): { limit: number; before: string } {
  const limit = readLimit(reader);
  const cursor = reader.text('cursor', 64);
  const [before = ''] = cursor === undefined ? [NEWEST] : (decodeCursor(cursor, 1) ?? []);
  if (!/^\d{1,18}$|^9223372036854775807$/.test(before)) refuseCursor(reader);
  return { limit, before };
}

/**
 * What a list of entries by their time takes: `limit`, and the `cursor` of the page before. Faults are noted in the
 * reader.
 */
export function readByTime(reader: FieldReader): { limit: number; after: TimeCursor | undefined } {
  const limit = readLimit(reader);
  const cursor = reader.text('cursor', 255);
  if (cursor === undefined) return { limit, after: undefined };
  const [createdAt = '', id = ''] = decodeCursor(cursor, 2) ?? [];
  if (isInstant(createdAt) && isUuid(id)) return { limit, after: { createdAt, id } };
  return { limit, after: refuseCursor(reader) };
}

/** The fault of a cursor that no page before has given. */
export function refuseCursor(reader: FieldReader): undefined {
  return reader.fault('cursor', 'Must be the nextCursor of the page before.');
}
