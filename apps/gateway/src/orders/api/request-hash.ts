import { JsonNumber } from '@vestibule/envelope';
import { createHash } from 'node:crypto';
import { plainDecimal } from '../decimal.js';

/**
 * The same JSON gives the same hash, however its keys were ordered, its text was spaced and its numbers were written; any
 * other JSON gives another.
 *
 * @param parts JSON values; numbers that JavaScript cannot hold as `JsonNumber`
 */
export function hashRequest(parts: readonly unknown[]): Buffer {
  return sha256(canonicalText(parts));
}

/**
 * The hash as it was made for orders that are in the ledger from before: an object is a list of its entries there, and a
 * number is the nearest one of JavaScript. Only for comparing with those.
 *
 * @param parts JSON values as `JSON.parse` gives them
 */
export function earlierHashOf(parts: readonly unknown[]): Buffer {
  return sha256(JSON.stringify(asLists(parts)));
}

function canonicalText(value: unknown): string {
  if (typeof value === 'number') return canonicalNumber(value);
  if (value instanceof JsonNumber) return plainDecimal(value.text) ?? value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const fields = sortedEntries(value).map(([name, inner]) => `${JSON.stringify(name)}:${canonicalText(inner)}`);
  return `{${fields.join(',')}}`;
}

/** Without an exponent JavaScript writes a number as `plainDecimal` does. */
function canonicalNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? (plainDecimal(text) ?? text) : text;
}

function asLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asLists);
  return sortedEntries(value).map(([name, inner]) => [name, asLists(inner)]);
}

function sortedEntries(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
