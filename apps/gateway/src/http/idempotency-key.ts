/**
 * The idempotency key of a request: 1 to 255 printable ASCII characters, given once. Node joins a repeated header into
 * one text, which would pass for a key that no one chose.
 *
 * @param values of each `Idempotency-Key` header, as Node's `headersDistinct` has them
 */
export function readIdempotencyKey(values: readonly string[] = []): string | undefined {
  const [key, ...others] = values;
  return key !== undefined && others.length === 0 && IDEMPOTENCY_KEY.test(key) ? key : undefined;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;
