import type { JsonNumber } from '@vestibule/envelope';
import { date } from '../http/schema/formats.js';
import { flag, integer, listOf, orNull, text, type Schema } from '../http/schema/schema.js';

/**
 * What the partner sends as an id or as money is nearly always a number, and is passed on digit for digit; any other text
 * is given back as that text.
 */
export const partnerNumber = (description: string, example: number): Schema<JsonNumber | string> => ({
  type: ['number', 'string'],
  description,
  examples: [example],
});
export const partnerNumberOrNull = (description: string): Schema<JsonNumber | string | null> => ({
  type: ['number', 'string', 'null'],
  description,
});

const WORD: Schema<string> = { type: 'string' };
/** A list of the partner's words. */
export const words = (description: string): Schema<readonly string[]> => listOf(WORD, { description });

/** What a tariff and a ticket for it say alike. */
export const TARIFF_FACTS = {
  validityDays: orNull(integer('For how many days it is valid.')),
  types: words('`metro`, `tram`, `bus`, `trolleybus`, `train`.'),
  zone: orNull(text('`a`, `b` or `both`.')),
};
export const IN_RUSSIAN = orNull(text('In Russian.'));
export const IMAGE = orNull(text('The address of a picture.'));

/** When something was read from the partner. */
export const READING_FIELDS = {
  fetchedAt: date('When it was read from Тройка Бизнес.'),
  stale: flag('Whether it is older than two of its refresh periods: Тройка Бизнес may say something else by now.'),
};
