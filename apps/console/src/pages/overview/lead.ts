import type { SendingState } from '../../api/sending.js';
import { formatSince } from '../../text/format.js';
import { t } from '../../text/t.js';

const WAITING = ['accepted', 'retrying'];

/** Whether orders wait because of what Тройка Бизнес answers, and a probe finds out when it is over. */
export function isOfBreaker(reason: string): boolean {
  return /^(partner-|unknown-outcomes)/.test(reason);
}

/** How many orders wait to be sent. */
export function countWaiting({ counts }: SendingState['orders']): number {
  return counts.filter(({ status }) => WAITING.includes(status)).reduce((sum, { count }) => sum + count, 0);
}

/** The state in one sentence: that orders are sent, or since when they are not, what Тройка Бизнес answers, and how many wait. */
export function leadOf({ sending, orders, events }: SendingState): string {
  const [first] = sending.stops;
  if (first === undefined) return t('overview.open');
  const values = { since: formatSince(first.since), count: countWaiting(orders) };
  const pause = events.find(({ kind, closedAt }) => kind === 'sending.paused' && closedAt === null);
  const [, status] = /^HTTP (\d{3})/.exec(String(pause?.details['last'])) ?? [];
  if (status === undefined || !isOfBreaker(first.reason)) return t('overview.stopped', values);
  return t('overview.stopped.answers', { ...values, status });
}
