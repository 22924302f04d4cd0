import { decodeCursor } from '../cursor.js';
import { isInstant } from '../instant.js';
import { isUuid } from '../uuid.js';
import { format } from './formats.js';
import { integer, optional, orNull, text } from './schema.js';

/** The last entry of a page: when it came, to the microsecond, and its id. */
export interface TimeCursor {
  readonly createdAt: string;
  readonly id: string;
}

const NEWEST = '9223372036854775807';
const LIMIT = integer('How many to a page.', { minimum: 1, maximum: 200, default: 50 });

/** Where a list continues. */
export const NEXT_CURSOR = orNull(text('The cursor of the next page; null on the last one.'));

/** @returns what a list takes whose cursors can be read like this */
export function pageBy(name: string, maxLength: number, read: (cursor: string) => unknown) {
  const cursor = format(name, (text) => read(text) !== undefined, 'Must be the nextCursor of the page before.');
  return { limit: LIMIT, cursor: optional(cursor('The `nextCursor` of the page before. Opaque.', { maxLength })) };
}

/** What a list of entries by their time takes. */
export const PAGE_BY_TIME = pageBy('cursor-by-time', 255, readTimeCursor);
/** What a list of numbered entries, the newest first, takes. */
export const PAGE_BY_NUMBER = pageBy('cursor-by-number', 64, readNumber);

interface Page {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** @returns as `after` the last entry of the page before */
export function placeByTime({ limit, cursor }: Page): { limit: number; after: TimeCursor | undefined } {
  return { limit, after: cursor === undefined ? undefined : readTimeCursor(cursor) };
}

/** @returns as `before` the number that the page's entries are below */
export function placeByNumber({ limit, cursor }: Page): { limit: number; before: string } {
  return { limit, before: (cursor === undefined ? undefined : readNumber(cursor)) ?? NEWEST };
}

function readTimeCursor(cursor: string): TimeCursor | undefined {
  const [createdAt = '', id = ''] = decodeCursor(cursor, 2) ?? [];
  return isInstant(createdAt) && isUuid(id) ? { createdAt, id } : undefined;
}

function readNumber(cursor: string): string | undefined {
  const [number = ''] = decodeCursor(cursor, 1) ?? [];
  return /^\d{1,18}$/.test(number) || number === NEWEST ? number : undefined;
}
