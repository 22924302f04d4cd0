import { named, text } from './schema/schema.js';

/**
 * The idempotency key of a request: 1 to 255 printable ASCII characters, given once. Node joins a repeated header into
 * one text, which would pass for a key that no one chose.
 *
 * @param values of each `Idempotency-Key` header, as Node's `headersDistinct` has them
 */
export function readIdempotencyKey(values: readonly string[] = []): string | undefined {
  const [key, ...others] = values;
  return key !== undefined && others.length === 0 && PATTERN.test(key) ? key : undefined;
}

const PATTERN = /^[!-~](?:[ -~]{0,253}[!-~])?$/;

export const IDEMPOTENCY_KEY = named(
  'IdempotencyKey',
  text('Printable ASCII, another for each order: a UUID, or the id of the purchase in your own system.', {
    minLength: 1,
    maxLength: 255,
    pattern: PATTERN.source,
  }),
);
