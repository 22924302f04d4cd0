const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Further than this from the point no amount of money has a digit. */
const MOST_PLACES = 30;

/** A decimal number, exact: `units` × 10^-`places`. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

function parse(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const places = fraction.length - Number(exponent);
  if (Math.abs(places) > MOST_PLACES || whole.length > MOST_PLACES) return undefined;
  const units = BigInt(`${sign}${whole}${fraction}`);
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 };
}

/**
 * An amount without an exponent and without zeros at its end: two texts of one amount read the same.
 *
 * @returns undefined for what is no number, or none that money could be
 */
export function plainDecimal(text: string): string | undefined {
  const decimal = parse(text);
  if (decimal === undefined) return undefined;
  const { units, places } = decimal;
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const fraction = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  const whole = places === 0 ? digits : digits.slice(0, -places);
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * The kopecks at a bound: for whole kopecks, `amount >= bound` is the same as `kopecks >= kopecksAtBound(bound, 'least')`,
 * and `amount <= bound` as `kopecks <= kopecksAtBound(bound, 'most')`.
 *
 * @param bound roubles
 * @returns undefined for what is no number; infinite beyond what a number holds exactly
 */
export function kopecksAtBound(bound: string, side: 'least' | 'most'): number | undefined {
  const decimal = parse(bound);
  if (decimal === undefined) return undefined;
  const { units, places } = decimal;
  const divisor = 10n ** BigInt(places);
  const hundredfold = units * 100n;
  let kopecks = hundredfold / divisor;
  // Division cuts off towards zero.
  if (side === 'least' && kopecks * divisor < hundredfold) kopecks += 1n;
  if (side === 'most' && kopecks * divisor > hundredfold) kopecks -= 1n;
  const number = Number(kopecks);
  return Number.isSafeInteger(number) ? number : Math.sign(number) * Infinity;
}
