import type { Pool } from 'pg';
import type { OrderRecord } from '../order.js';
import { ORDER_COLUMNS } from './order-columns.js';
import { statement } from '../../storage/statement.js';

const CANCEL = statement('cancel-order')`
with cancelled as (
  update orders set status = 'cancelled', updated_at = now()
   where id = $1 and status in ('accepted', 'retrying') and not in_doubt
  returning *
), noted as (
  insert into order_events (order_id, status, cause, who)
  select id, 'cancelled', 'cancelled-before-sending', $2 from cancelled
)
select ${ORDER_COLUMNS} from cancelled`;

/**
 * Cancels an order that is not being sent and was surely not executed. Its job may stay in the queue: a cancelled order
 * cannot be claimed.
 *
 * @param who the name of the caller's API key
 * @returns the cancelled order; undefined when it is unknown or in another state
 */
export async function cancelOrder(pool: Pool, id: string, who: string): Promise<OrderRecord | undefined> {
  const { rows } = await pool.query<OrderRecord>({ ...CANCEL, values: [id, who] });
  return rows[0];
}
