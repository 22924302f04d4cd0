import type { OperatorEvent } from '../../operator-events/operator-events.js';
import type { CostRange } from '../../partner/catalog/expected-cost.js';
import { kopecksAtBound } from '../decimal.js';
import type { AttemptVerdict } from './outcome-table.js';

/** Undocumented fees, delivery or a discount stay within that; a wrong decimal point does not. */
const TOLERANCE = 2;

/**
 * The operator events for an answer of 0: fields of a wrong form, and impossible values. An order with an id is
 * confirmed anyway: it is paid, and everything else can be read later.
 *
 * @param expected what the order should cost, if known
 */
export function answerNotices(verdict: AttemptVerdict, expected: CostRange | undefined): OperatorEvent[] {
  const { resultCode, troikaOrderId, totalAmount, oddities = [] } = verdict;
  if (resultCode !== 0) return [];
  const details = { troikaOrderId: troikaOrderId ?? null, totalAmount: totalAmount ?? null };
  const notices: OperatorEvent[] = [];
  if (troikaOrderId === undefined) {
    notices.push({
      kind: 'order.without-id',
      severity: 'critical',
      message:
        `Тройка Бизнес said that an order is paid, and gave no id for it (${oddities.join('; ')}). The order is ` +
        'unknown: find out its id there and decide, or it can neither be followed nor cancelled.',
      details: { ...details, fields: oddities },
    });
  } else if (oddities.length > 0) {
    notices.push({
      kind: 'order.odd-answer',
      severity: 'warning',
      message:
        `Тройка Бизнес confirmed an order as ${troikaOrderId}, and its answer has fields that are not of the form ` +
        `agreed on: ${oddities.join('; ')}. The order is paid; see what it cost with Тройка Бизнес.`,
      details: { ...details, fields: oddities },
    });
  }
  const doubt = totalAmount === undefined ? undefined : doubtAbout(totalAmount, expected);
  if (doubt !== undefined) {
    notices.push({
      kind: 'order.odd-amount',
      severity: 'critical',
      message:
        `Тройка Бизнес confirmed an order as ${troikaOrderId ?? '(no id)'} for ${totalAmount} roubles, ${doubt}. The ` +
        'order is paid; ask Тройка Бизнес what was taken from the guarantee fund.',
      details: { ...details, expected: expected === undefined ? null : inRoubles(expected) },
    });
  }
  return notices;
}

/** Why an amount cannot be right; undefined where nothing speaks against it. */
function doubtAbout(totalAmount: string, expected: CostRange | undefined): string | undefined {
  const kopecks = kopecksAtBound(totalAmount, 'most');
  if (kopecks === undefined) return undefined;
  if (kopecks < 0) return 'which is less than nothing';
  if (expected === undefined) return undefined;
  if (kopecks <= expected.most * TOLERANCE && kopecks >= expected.least / TOLERANCE) return undefined;
  const { least, most } = inRoubles(expected);
  return `and by the catalogue it costs ${least === most ? least : `${least} to ${most}`} roubles`;
}

function inRoubles({ least, most }: CostRange): { least: string; most: string } {
  return { least: (least / 100).toFixed(2), most: (most / 100).toFixed(2) };
}
