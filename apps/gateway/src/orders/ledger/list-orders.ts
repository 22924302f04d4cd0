import { pageOf, rowsFor } from '../../storage/page.js';
import type { Pool } from 'pg';
import type { TimeCursor } from '../../http/schema/page.js';
import type { OrderRecord } from '../order.js';
import { ORDER_COLUMNS } from './order-columns.js';
import { searchConditions, type OrderFilter, type OrderSearch } from './order-search.js';

export interface OrderPage {
  readonly orders: readonly OrderRecord[];
  /** Where the next page begins; undefined at the end. */
  readonly next: TimeCursor | undefined;
}

const NEWEST_FIRST = 'order by created_at desc, id desc';
const PLACE = `to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorAt"`;

/**
 * One page of orders, the newest first, by the index over (created_at, id): a page costs the same at every position,
 * and orders accepted in between neither repeat nor hide another one.
 */
export async function listOrders(
  pool: Pool,
  { filter, after, limit }: { filter: OrderSearch; after: TimeCursor | undefined; limit: number },
): Promise<OrderPage> {
  const { text, values } = listStatement(filter, after, rowsFor(limit));
  const { rows } = await pool.query<OrderRecord & { cursorAt: string }>(text, values);
  const { page: orders, last } = pageOf(rows, limit);
  return { orders, next: last && { createdAt: last.cursorAt, id: last.id } };
}

/**
 * One text per combination of conditions, so that each gets the plan its index offers. Statuses are literals in it
 * (they come from our own list), which lets partial indexes serve; several are merged from one ordered list each.
 */
export function listStatement(
  filter: OrderSearch,
  after: TimeCursor | undefined,
  limit: number,
): { text: string; values: unknown[] } {
  const values: unknown[] = [limit];
  const conditions = [...conditionsOf(filter, values), ...searchConditions(filter, values)];
  if (after !== undefined) {
    values.push(after.createdAt, after.id);
    conditions.push(`(created_at, id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`);
  }
  const branch = (condition?: string): string => {
    const all = condition === undefined ? conditions : [condition, ...conditions];
    return `(select * from orders ${all.length === 0 ? '' : `where ${all.join(' and ')}`} ${NEWEST_FIRST} limit $1)`;
  };
  const source = filter.statuses?.map((status) => branch(`status = '${status}'`)).join(' union all ') ?? branch();
  return { text: `select ${ORDER_COLUMNS}, ${PLACE} from (${source}) o ${NEWEST_FIRST} limit $1`, values };
}

/** The conditions of a filter but its statuses, with their values pushed after those that are there already. */
export function conditionsOf(
  { reference, owner, from, to }: Omit<OrderFilter, 'statuses'>,
  values: unknown[],
): string[] {
  const conditions: string[] = [];
  const add = (value: string | undefined, condition: (place: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add(reference, (place) => `reference = ${place}`);
  add(owner, (place) => `api_key_name = ${place}`);
  add(from, (place) => `created_at >= ${place}::timestamptz`);
  add(to, (place) => `created_at < ${place}::timestamptz`);
  return conditions;
}
