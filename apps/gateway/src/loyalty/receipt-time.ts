import type { Receipt } from '@vestibule/koshelek-contract';

/** A cash register prints its local time without a zone. Read as Moscow time, it is at most this far ahead. */
const MOST_AHEAD_MS = 14 * 3_600_000;

/** Whether a receipt is from the future in every time zone (koshelek-loyalty.md, "Receipt text"). */
export function isFromTheFuture({ time }: Pick<Receipt, 'time'>, now: Date): boolean {
  return Date.parse(`${time}+03:00`) - MOST_AHEAD_MS > now.getTime();
}
