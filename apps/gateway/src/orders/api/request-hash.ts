import { JsonNumber } from '@vestibule/envelope';
import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { plainDecimal } from '../decimal.js';

/** What was posted, as JSON values: numbers that JavaScript cannot hold as `JsonNumber`, and the same as it reads them. */
export interface PostedParts {
  readonly exact: readonly unknown[];
  readonly plain: readonly unknown[];
}

/**
 * Hashes of requests, made with a key that only this installation has: a phone has so few digits that a plain hash of an
 * order gives it away, wherever the hash was copied to.
 */
export class RequestHashes {
  private readonly key: KeyObject;
  private readonly earlierKeys: readonly KeyObject[];

  /**
   * @param key what new hashes are made with
   * @param earlierKeys what hashes in the ledger may have been made with
   */
  constructor(key: Buffer, earlierKeys: readonly Buffer[] = []) {
    this.key = createSecretKey(key);
    this.earlierKeys = earlierKeys.map((earlier) => createSecretKey(earlier));
  }

  /**
   * The same JSON gives the same hash, however its keys were ordered, its text was spaced and its numbers were written;
   * any other JSON gives another.
   */
  hash({ exact }: PostedParts): Buffer {
    return hmac(this.key, canonicalText(exact));
  }

  /** The hashes of the same request as earlier keys and versions have made them; only for comparing with those. */
  earlierHashes({ exact, plain }: PostedParts): readonly Buffer[] {
    const text = canonicalText(exact);
    return [...this.earlierKeys.map((key) => hmac(key, text)), sha256(text), sha256(JSON.stringify(asLists(plain)))];
  }
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

/** In the first version an object was a list of its entries, and a number the nearest one of JavaScript. */
function asLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(asLists);
  return sortedEntries(value).map(([name, inner]) => [name, asLists(inner)]);
}

function sortedEntries(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}

function hmac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
