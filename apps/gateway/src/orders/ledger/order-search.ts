import type { OrderStatus } from '../order-status.js';

/** Which orders; undefined leaves a field open. */
export interface OrderFilter {
  readonly statuses: readonly OrderStatus[] | undefined;
  readonly reference: string | undefined;
  /** The name of the key that placed them. */
  readonly owner?: string | undefined;
  /** Accepted at this moment or later, RFC 3339. */
  readonly from: string | undefined;
  /** Accepted before this moment, RFC 3339. */
  readonly to: string | undefined;
}

/** Which orders a person looks for; undefined leaves a field open. */
export interface OrderSearch extends OrderFilter {
  readonly troikaOrderId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** The name of the key that placed them, where the caller may see those of several. */
  readonly key?: string | undefined;
  /** Why the last attempt had no valid answer, such as `timeout`. */
  readonly reason?: string | undefined;
  /** As producers write it. */
  readonly phone?: string | undefined;
  /** Of the card that a ticket is for. No index leads to it. */
  readonly cardNumber?: string | undefined;
}

const LINES = `json_array_elements(case json_typeof(orders.body -> 'orderData') when 'array' then orders.body -> 'orderData' else '[]' end)`;

/** The names of all keys that have placed an order: one look into the index for each of them. */
const KEY_NAMES = `with recursive names as (
    (select api_key_name as name from orders order by api_key_name limit 1)
    union all
    select (select o.api_key_name from orders o where o.api_key_name > n.name order by o.api_key_name limit 1)
      from names n where n.name is not null)
  select name from names where name is not null`;

/** The conditions of a search beyond those of a filter, about `orders`, with their values pushed after those that are there already. */
export function searchConditions(
  { troikaOrderId, idempotencyKey, key, reason, phone, cardNumber }: OrderSearch,
  values: unknown[],
): string[] {
  const conditions: string[] = [];
  const add = (value: string | undefined, condition: (place: string) => string): void => {
    if (value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  add(troikaOrderId, (place) => `troika_order_id = ${place}`);
  // Its index begins with the name of the key.
  add(idempotencyKey, (place) => `api_key_name = any(array(${KEY_NAMES})) and idempotency_key = ${place}`);
  add(key, (place) => `api_key_name = ${place}`);
  // Looked up for each order: joined, PostgreSQL would read all attempts there are.
  add(
    reason,
    (place) =>
      `(select a.reason from order_attempts a where a.order_id = orders.id and a.number = orders.attempts) = ${place}`,
  );
  // Found first: of one phone PostgreSQL expects so many orders that it would read them all from the newest on.
  add(phone, (place) => `id = any(array(select o.id from orders o where o.phones @> array[${place}::text]))`);
  add(
    cardNumber,
    (place) =>
      `(exists (select from ${LINES} line where line ->> 'cardNumber' = ${place})
        or exists (select from order_tickets t where t.order_id = orders.id and t.card_number = ${place}))`,
  );
  return conditions;
}
