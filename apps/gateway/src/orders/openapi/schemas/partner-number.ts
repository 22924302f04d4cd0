import type { Json } from '../../../http/schema/schema.js';

/**
 * What the partner sends as an id or as money is nearly always a number, and is passed on digit for digit; any other text
 * is given back as that text.
 */
export const partnerNumber = (description: string, example: number): Json => ({
  type: ['number', 'string'],
  description,
  examples: [example],
});
export const partnerNumberOrNull = (description: string): Json => ({ type: ['number', 'string', 'null'], description });
