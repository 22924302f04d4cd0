import { JsonNumber } from './json-number.js';
import { JsonText } from './json-text.js';
import { type JsonValue, MAX_JSON_DEPTH } from './json-value.js';

/**
 * Writes a JSON value compactly, each number with its exact text: what `parseJson` read is written digit for digit.
 *
 * @throws TypeError for anything but a JSON value (a bug of the caller), like `writeJson`
 */
export function stringifyJson(value: JsonValue): string {
  return writeJson(value);
}

/**
 * Writes any value as compact JSON. Strings, booleans, `null`, `toJSON`, key order and the omission of undefined fields
 * are as in `JSON.stringify`; the differences are that
 * - a `JsonNumber` keeps its exact text, a `JsonText` every byte, and a bigint its digits;
 * - what `JSON.stringify` would silently turn into `null` or drop – a number that is not finite, a function, a symbol,
 *   an undefined element of a list – is refused, because sending it to a partner is a mistake;
 * - more than 64 levels of nesting, and so every cycle, are refused.
 *
 * @throws TypeError naming the path, e.g. `$.message.body.orderData[0].amount`, never a value
 */
export function writeJson(value: unknown): string {
  return write(value, '', '$', 0) ?? refuse('$', 'undefined has no JSON form');
}

/** Returns undefined only for undefined: the caller decides what it means there. */
function write(value: unknown, key: string, path: string, depth: number): string | undefined {
  const form = toJsonForm(value, key);
  switch (typeof form) {
    case 'string':
      return JSON.stringify(form);
    case 'boolean':
    case 'bigint':
      return String(form);
    case 'number':
      return Number.isFinite(form)
        ? JSON.stringify(form)
        : refuse(path, 'a number that is not finite has no JSON form');
    case 'undefined':
      return undefined;
    case 'function':
    case 'symbol':
      return refuse(path, `a ${typeof form} has no JSON form`);
    case 'object':
      break;
  }
  if (form === null) return 'null';
  if (form instanceof JsonNumber || form instanceof JsonText) return form.text;
  if (depth >= MAX_JSON_DEPTH) return refuse(path, `it is a cycle, or nested deeper than ${MAX_JSON_DEPTH} levels`);
  return Array.isArray(form) ? writeArray(form, path, depth + 1) : writeObject(form, path, depth + 1);
}

function writeArray(array: readonly unknown[], path: string, depth: number): string {
  // Array.from visits the holes of a sparse array, which map would skip.
  const elements = Array.from(array, (element, index) => {
    const at = `${path}[${index}]`;
    return write(element, String(index), at, depth) ?? refuse(at, 'an element of a list is undefined');
  });
  return `[${elements.join(',')}]`;
}

function writeObject(object: object, path: string, depth: number): string {
  const fields: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const text = write(value, key, `${path}.${key}`, depth);
    if (text !== undefined) fields.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${fields.join(',')}}`;
}

/** Uses a value's own `toJSON` as `JSON.stringify` does; not for the classes of exact text, whose `toJSON` rounds. */
function toJsonForm(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber || value instanceof JsonText)
    return value;
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value, key) as unknown) : value;
}

function refuse(path: string, reason: string): never {
  throw new TypeError(`cannot write ${path} as JSON: ${reason}`);
}
