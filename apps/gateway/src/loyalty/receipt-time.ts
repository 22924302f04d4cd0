import type { Receipt } from '@vestibule/koshelek-contract';

/** A cash register prints its local time without a zone; the earliest midnight on Earth is 14 hours before UTC's. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;

/** Whether a receipt cannot have been printed yet, in whatever time zone. */
export function isFromTheFuture({ time }: Pick<Receipt, 'time'>, now: Date): boolean {
  return Date.parse(`${time}Z`) - EARLIEST_ZONE_MS > now.getTime();
}
