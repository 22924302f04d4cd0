import type { Receipt } from '@vestibule/koshelek-contract';

/** A cash register prints the time of its place without a zone. Read as Moscow's, no place is more than this ahead. */
const MOST_AHEAD_MS = 14 * 3_600_000;

/** Whether a receipt cannot have been printed yet, in whatever time zone (koshelek-loyalty.md, "Receipt text"). */
export function isFromTheFuture({ time }: Pick<Receipt, 'time'>, now: Date): boolean {
  return Date.parse(`${time}+03:00`) - MOST_AHEAD_MS > now.getTime();
}
