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
  const path: Path = [];
  return write(value, '', path) ?? refuse(path, 'undefined has no JSON form');
}

/** The keys and indexes down to the value that is being written. */
type Path = (string | number)[];

/** Returns undefined only for undefined: the caller decides what it means there. */
function write(value: unknown, key: string, path: Path): string | undefined {
  const form = typeof value === 'object' ? toJsonForm(value, key) : value;
  switch (typeof form) {
    case 'string':
      return quote(form);
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
  if (path.length >= MAX_JSON_DEPTH) {
    return refuse(path, `it is a cycle, or nested deeper than ${MAX_JSON_DEPTH} levels`);
  }
  return Array.isArray(form) ? writeArray(form, path) : writeObject(form, path);
}

function writeArray(array: readonly unknown[], path: Path): string {
  let text = '';
  // By index: that visits the holes of a sparse array.
  for (let index = 0; index < array.length; index += 1) {
    path.push(index);
    const element = write(array[index], String(index), path) ?? refuse(path, 'an element of a list is undefined');
    path.pop();
    text += text === '' ? element : `,${element}`;
  }
  return `[${text}]`;
}

function writeObject(object: object, path: Path): string {
  let text = '';
  for (const key of Object.keys(object)) {
    path.push(key);
    const field = write((object as Readonly<Record<string, unknown>>)[key], key, path);
    path.pop();
    if (field !== undefined) text += text === '' ? `${quote(key)}:${field}` : `,${quote(key)}:${field}`;
  }
  return `{${text}}`;
}

/** Longer texts are faster in `JSON.stringify`. */
const SHORT = 40;

function quote(text: string): string {
  const { length } = text;
  if (length > SHORT) return JSON.stringify(text);
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    // What is escaped: control characters, the quote, the backslash, and halves of a surrogate pair.
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0xd800) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** Uses a value's own `toJSON` as `JSON.stringify` does; not for the classes of exact text, whose `toJSON` rounds. */
function toJsonForm(value: unknown, key: string): unknown {
  if (value === null || value instanceof JsonNumber || value instanceof JsonText) return value;
  if (value instanceof Date) return dateText(value);
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value, key) as unknown) : value;
}

let writtenAt = Number.NaN;
let writtenDate: string | null = null;

/** As `toJSON` of the date; several dates of an answer are often the same moment, which is formatted once. */
function dateText(date: Date): string | null {
  const at = date.getTime();
  if (at !== writtenAt) {
    writtenDate = date.toJSON();
    writtenAt = at;
  }
  return writtenDate;
}

function refuse(path: Path, reason: string): never {
  const at = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  throw new TypeError(`cannot write $${at} as JSON: ${reason}`);
}
