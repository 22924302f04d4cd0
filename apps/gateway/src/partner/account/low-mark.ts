import type { OperatorEvent } from '../../operator-events/operator-events.js';
import { kopecksAtBound } from '../../orders/decimal.js';

/** A fund that is just above its mark is not filled up yet: it has recovered when it is a tenth above. */
const RECOVERED_PERCENT = 110;

/** What a reading says of the low-water mark. */
export interface MarkVerdict {
  readonly isLow: boolean;
  /** When it has changed. */
  readonly event?: OperatorEvent;
}

/**
 * Compares a reading with the low-water mark. Reported once in each direction: low under the mark, recovered only a
 * tenth above it, so that a fund around the mark does not cause repeated events.
 *
 * @param amount the remaining fund, roubles
 * @param mark roubles; undefined: no events
 */
export function judgeLowMark(amount: string, mark: string | undefined, wasLow: boolean): MarkVerdict {
  const left = kopecksAtBound(amount, 'most');
  const low = mark === undefined ? undefined : kopecksAtBound(mark, 'least');
  if (left === undefined || low === undefined) return { isLow: false };
  const details = { amount, mark };
  if (!wasLow && left < low) {
    const message =
      `The guarantee fund runs low: ${amount} roubles are left, less than ${mark} (TROIKA_FUND_LOW). ` +
      'Fill it up: orders are refused when it is empty.';
    return { isLow: true, event: { kind: 'fund.low', severity: 'warning', message, details } };
  }
  if (wasLow && left * 100 >= low * RECOVERED_PERCENT) {
    const message = `The guarantee fund has recovered: ${amount} roubles are left.`;
    return { isLow: false, event: { kind: 'fund.recovered', severity: 'info', message, details } };
  }
  return { isLow: wasLow };
}
