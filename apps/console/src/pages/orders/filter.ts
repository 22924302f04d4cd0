import { STATUSES, type OrderSearch } from '../../api/orders.js';
import { hrefOf, queryOf } from '../../router.js';
import { startOf } from '../../text/days.js';

/** What the list shows, as the address has it: nothing of it leads to a person. */
export interface ListFilter {
  readonly status?: string | undefined;
  /** Why the last attempt had no valid answer. */
  readonly reason?: string | undefined;
  /** The name of the key that placed them. */
  readonly key?: string | undefined;
  /** The last so many hours. */
  readonly hours?: string | undefined;
  /** One calendar day of the reader's. */
  readonly day?: string | undefined;
}

const FIELDS = ['status', 'reason', 'key', 'hours', 'day'] as const;
export const HOURS = ['1', '24', '168', '720'] as const;

/** Why an attempt had no valid answer, by the status that this leads to. */
export const REASONS: Readonly<Partial<Record<string, readonly string[]>>> = {
  unknown: [
    'timeout',
    'reset',
    'http-status',
    'cut-answer',
    'too-large',
    'not-an-envelope',
    'interrupted',
    'exchange-failed',
  ],
  failed: ['refused', 'unreachable', 'dns', 'tls', 'connect-timeout', 'connect-failed', 'proxy', 'signing-failed'],
  retrying: ['refused', 'unreachable', 'dns', 'tls', 'connect-timeout', 'connect-failed', 'proxy', 'signing-failed'],
};

/** @param hash as `location.hash` has it; what cannot be is left out */
export function readFilter(hash: string): ListFilter {
  const query = queryOf(hash);
  const of = (field: (typeof FIELDS)[number], isFit: (value: string) => boolean): ListFilter => {
    const value = query.get(field);
    return value !== null && isFit(value) ? { [field]: value } : {};
  };
  const status = of('status', (value) => STATUSES.some((one) => one === value));
  const day = of('day', (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)));
  return {
    ...status,
    ...of('reason', (value) => REASONS[status.status ?? '']?.includes(value) === true),
    ...of('key', (value) => value !== ''),
    ...of('hours', (value) => day.day === undefined && HOURS.some((one) => one === value)),
    ...day,
  };
}

/** The address of the list with a filter. */
export function hrefOfList(filter: ListFilter): string {
  const given = FIELDS.flatMap((field): [string, string][] => {
    const value = filter[field];
    return value === undefined ? [] : [[field, value]];
  });
  return given.length === 0 ? hrefOf('orders') : `${hrefOf('orders')}?${new URLSearchParams(given).toString()}`;
}

/** The address of the list, filtered by status. */
export function ordersHref(status?: string): string {
  return hrefOfList(status === undefined ? {} : { status });
}

const HOUR_MS = 3_600_000;

/** What the gateway is asked for. @param now in ms since 1970 */
export function searchOf({ status, reason, key, hours, day }: ListFilter, now: number): OrderSearch {
  return {
    ...(status === undefined ? {} : { status: [status] }),
    ...(reason === undefined ? {} : { reason }),
    ...(key === undefined ? {} : { key }),
    ...(hours === undefined ? {} : { from: new Date(now - Number(hours) * HOUR_MS).toISOString() }),
    ...(day === undefined ? {} : { from: startOf(day), to: startOf(day, 1) }),
  };
}
