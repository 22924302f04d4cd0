import type { Attempt, Order, OrderReport } from '../../api/orders.js';
import { formatTime } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';

/** What people call an order: its reference, or the end of its id. */
export function nameOf({ id, reference }: Pick<Order, 'id' | 'reference'>): string {
  return reference ?? `…${id.slice(-8)}`;
}

/** The cards of an order, masked but for their last four digits. */
export function cardsOf({ order }: Pick<Order, 'order'>): string {
  const numbers = new Set((order.orderData ?? []).flatMap(({ cardNumber }) => cardNumber ?? []));
  return numbers.size === 0 ? '–' : [...numbers].map((number) => `•••• ${number.slice(-4)}`).join(', ');
}

/** What happened to an order, in a sentence or two. */
export function storyOf({ order, attempts }: OrderReport): string {
  const { status, troika } = order;
  switch (status) {
    case 'unknown':
      return storyOfUnknown(attempts.at(-1));
    case 'confirmed':
      return t('order.what.confirmed', { id: troika.orderId ?? '–' });
    case 'rejected':
      return t('order.what.rejected', {
        message: [troika.resultCode, troika.resultMessage].filter((part) => part !== null).join(', '),
      });
    default:
      return t(`order.what.${status}`);
  }
}

function storyOfUnknown(attempt: Attempt | undefined): string {
  if (attempt === undefined) return t('order.what.unknown.no-attempt');
  const reason = attempt.httpStatus === null ? tWord('reason', attempt.reason ?? '–') : `HTTP ${attempt.httpStatus}`;
  return t('order.what.unknown', { at: formatTime(attempt.startedAt), reason });
}
