import type { Pool } from 'pg';
import type { OrderRecord } from '../order.js';
import { ORDER_COLUMNS } from './order-columns.js';
import { statement } from '../../storage/statement.js';

const FIND_ORDER = statement('find-order')`select ${ORDER_COLUMNS} from orders where id = $1`;

/** @returns an order as it is now, or undefined when there is none with this id */
export async function findOrder(pool: Pool, id: string): Promise<OrderRecord | undefined> {
  const { rows } = await pool.query<OrderRecord>({
    ...FIND_ORDER,
    values: [id],
  });
  return rows[0];
}
