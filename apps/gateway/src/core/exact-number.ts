import { JsonNumber } from '@vestibule/envelope';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number of the partner's for an answer, digit for digit; null for none. Any other text of the partner stays text.
 *
 * @param text the partner's characters
 */
export function exactNumber(text: string): JsonNumber | string;
export function exactNumber(text: string | null | undefined): JsonNumber | string | null;
export function exactNumber(text: string | null | undefined): JsonNumber | string | null {
  if (text === null || text === undefined) return null;
  return JSON_NUMBER.test(text) ? new JsonNumber(text) : text;
}
