import { parseJson } from '@vestibule/envelope';

/**
 * What may be a number whose text a JavaScript number would not give back: many digits, an exponent, a zero at the end of
 * a fraction, very small, or minus zero. It may stand in a string as well, which costs nothing but the second look.
 */
const MAY_LOSE_DIGITS = /[\d.]{16}|\d[eE]|\.\d*0(?!\d)|0\.0{6}|-0(?![\d.])/;

/**
 * A body with each number as it was written (`JsonNumber`), where a JavaScript number might be another one.
 *
 * @param text the JSON as it came
 * @param value the same, parsed; given back itself when all its numbers are exact
 */
export function exactJson(text: string, value: unknown): unknown {
  if (!MAY_LOSE_DIGITS.test(text)) return value;
  const parsed = parseJson(text.replace(/^\ufeff/, ''));
  return parsed.ok ? parsed.value : value;
}
