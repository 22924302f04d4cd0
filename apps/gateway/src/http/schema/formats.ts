import { isInstant } from '../instant.js';
import { isUuid } from '../uuid.js';
import { text, type Json, type Schema } from './schema.js';

/** What a text must be beyond its length, and the sentence for one that is not. */
interface Format {
  readonly fits: (text: string) => boolean;
  readonly must: string;
}

/** In characters. What is longer fits none, whatever looking through it would cost. */
const MAX_FORMATTED = 4_096;

/** Every `format` that a schema here may name. */
export const FORMATS = new Map<string, Format>();

/** Defines a format. @returns makes a schema of a text of it */
export function format(
  name: string,
  fits: RegExp | Format['fits'],
  must: string,
): (description: string, more?: Json) => Schema<string> {
  if (FORMATS.has(name)) throw new Error(`There are two formats ${name}.`);
  const isPattern = fits instanceof RegExp;
  const isFit = isPattern ? (given: string) => fits.test(given) : fits;
  FORMATS.set(name, { must, fits: (given) => given.length <= MAX_FORMATTED && isFit(given) });
  const pattern = isPattern ? { pattern: fits.source } : {};
  return (description, more) => text(description, { format: name, ...pattern, ...more });
}

/** A moment, RFC 3339: in our answers in UTC with milliseconds, in requests with any zone. */
export const moment = format(
  'date-time',
  isInstant,
  'Must be a moment such as 2026-05-01T00:00:00Z, with its zone (in a query + is %2B).',
);

/** The same, where the type of our own code is a Date. */
export const date = (description: string): Schema<Date> => moment(description) as Json;

export const uuid = format('uuid', isUuid, 'Must be an id such as 019ab3f4-1c2d-7e3f-8a4b-5c6d7e8f9a0b.');
