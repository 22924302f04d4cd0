import { JsonNumber, type JsonValue } from '@vestibule/envelope';

/** The same value with ordinary numbers: what `JSON.parse` would have given. */
export function plain(value: JsonValue | undefined): unknown {
  if (value instanceof JsonNumber) return value.toNumber();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    // Entries, not assignment: a field named `__proto__` stays a field and is refused as one.
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
  }
  return value;
}
