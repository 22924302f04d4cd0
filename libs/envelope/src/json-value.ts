import { JsonNumber } from './json-number.js';

/** Anything a JSON text can hold. Numbers are `JsonNumber`, so that none of their digits is lost. */
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;

/** An ordinary object with own properties only; a key called `__proto__` is data like any other. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** How deep arrays and objects may nest, read or written: far beyond any real message, far below the stack's end. */
export const MAX_JSON_DEPTH = 64;

/** Whether a JSON value is an object: arrays, numbers and `null` are not objects here. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** Reads an own field; a name that only `Object.prototype` knows (`constructor`) is undefined like any absent one. */
export function fieldOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
