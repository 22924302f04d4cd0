import { problem, ProblemError } from '../http/problem.js';
import { isUuid } from '../http/uuid.js';

/** What every call about one order answers when its id is none, or no one's. */
export const NO_SUCH_ORDER = problem('order-not-found', 'There is no order with this id.');

/** What a key with `orders:read-all` is answered when it wants to change an order of another key. */
export const NOT_YOUR_ORDER = problem('order-of-another-key', 'Only the key that placed this order may change it.');

/**
 * What belongs to the order of an address.
 *
 * @throws ProblemError 404 when the id is none, or no one's
 */
export async function foundOrder<T>(id: string, find: () => Promise<T | undefined>): Promise<T> {
  const value = isUuid(id) ? await find() : undefined;
  if (value === undefined) throw new ProblemError(NO_SUCH_ORDER);
  return value;
}
