/** What an object is to JSON; `none` has no obvious form: Map, Set, RegExp, Error, Promise, bytes, boxed primitives. */
export type ObjectForm = 'object' | 'array' | 'date' | 'none';

/** A value that `typeof` does not call an object. */
export type Scalar = string | number | boolean | bigint | symbol | ((...parameters: never[]) => unknown);

/** A value that is there. */
export type Present = Scalar | object;

/** What a value is written as: itself, or for an object with `toJSON` what that gives. */
export function toForm(value: unknown, key: string): Present | null | undefined {
  return (typeof value === 'object' && value !== null ? askToJson(value, key) : value) as Present | null | undefined;
}

/**
 * Calls a value's `toJSON` once, as `JSON.stringify` does. Except for a Date, whose `toJSON` turns an invalid one into
 * `null`, and for bytes, because Buffer's makes a list of numbers.
 *
 * @param key the key or index of the value, `''` for the whole value
 */
function askToJson(value: object, key: string): unknown {
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON !== 'function' || ArrayBuffer.isView(value) || tagOf(value) === '[object Date]') return value;
  return toJSON.call(value, key) as unknown;
}

/** Distinguishes plain objects and instances of ordinary classes from arrays, Dates and everything that is not data. */
export function formOf(value: object): ObjectForm {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'object';
  if (Array.isArray(value)) return 'array';
  switch (tagOf(value)) {
    case '[object Object]':
      return 'object';
    case '[object Date]':
      return 'date';
    default:
      return 'none';
  }
}

// The tag sees through realms where instanceof does not.
function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}
