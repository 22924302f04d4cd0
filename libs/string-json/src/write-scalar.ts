import type { Scalar } from './json-form.js';
import { plainDecimal } from './plain-decimal.js';
import { quote } from './quote.js';
import { formatPath, type Step, StringJsonError, type StringJsonProblem } from './string-json-error.js';

/**
 * Writes a value that is no object as a JSON string.
 *
 * @param steps the way to the value; only the first `depth` of them count
 * @throws StringJsonError for a function, a symbol, and a number that is not finite
 */
export function writeScalar(value: Scalar, steps: readonly Step[], depth: number): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? `"${plainDecimal(value)}"` : refuse('not-finite', steps, depth);
  }
  if (typeof value === 'symbol') return refuse('symbol', steps, depth);
  if (typeof value === 'function') return refuse('function', steps, depth);
  // true, false and the digits of a bigint
  return `"${value}"`;
}

/**
 * Writes a Date in ISO 8601, in UTC with milliseconds.
 *
 * @throws StringJsonError for an invalid Date
 */
export function writeDate(date: Date, steps: readonly Step[], depth: number): string {
  if (Number.isNaN(date.getTime())) return refuse('invalid-date', steps, depth);
  return `"${date.toISOString()}"`;
}

/** Refuses the value that the first `depth` steps lead to. */
export function refuse(problem: StringJsonProblem, steps: readonly Step[], depth: number): never {
  throw new StringJsonError(problem, formatPath(steps.slice(0, depth)));
}
