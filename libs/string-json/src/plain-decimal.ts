// Where JavaScript begins to write numbers with an exponent (ECMA-262, Number::toString).
const EXPONENT_FROM = 1e21;
const EXPONENT_BELOW = 1e-6;

/**
 * Writes a finite number in plain decimal, never with an exponent: `1e21` is `1000000000000000000000` and `1e-7` is
 * `0.0000001`. The digits are the shortest that read back as the same number, as everywhere in JavaScript; `-0` is `0`.
 */
export function plainDecimal(number: number): string {
  const size = Math.abs(number);
  return size < EXPONENT_FROM && (size >= EXPONENT_BELOW || size === 0) ? String(number) : expandExponent(number);
}

/** Moves the point of `-1.234e-7` to where its exponent says. */
function expandExponent(number: number): string {
  const sign = number < 0 ? '-' : '';
  const [mantissa = '', exponentText = ''] = String(Math.abs(number)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const pointAt = whole.length + Number(exponentText);
  // Beyond 21 digits or below 6 zeros the point never falls among the at most 17 digits themselves.
  return pointAt <= 0 ? `${sign}0.${'0'.repeat(-pointAt)}${digits}` : sign + digits.padEnd(pointAt, '0');
}
