import type { Json } from '../build.js';

/**
 * What the partner sends as an id or as money is nearly always a number, and is passed on digit for digit; any other text
 * is given back as that text.
 */
export function partnerNumber(description: string): Json {
  return { type: ['number', 'string'], description };
}

export function partnerNumberOrNull(description: string): Json {
  return { type: ['number', 'string', 'null'], description };
}
