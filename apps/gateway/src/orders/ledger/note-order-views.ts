import type { Pool } from 'pg';
import type { AuditAction } from '../../audit/action.js';
import { statement } from '../../storage/statement.js';

/** How long the same orders may be looked at again and again by the same person and still be one look. */
const ONE_LOOK_MINUTES = 15;

const VIEWED: AuditAction = 'order.view';
const LISTED: AuditAction = 'orders.view';

/** Whether an order leads to a person: by a phone, or by the fields that an erasure takes out of it. */
const HAS_PERSON = `(o.phones <> '{}' or o.anonymised_at is null
   and o.body::text ~ '"(email|name|firstname|surname|vatNumber)"')`;

const NOTE = statement('note-order-view')`
insert into audit (who, action, order_id)
select $1, '${VIEWED}', o.id
  from orders o
 where o.id = $2::uuid and ${HAS_PERSON}
   and not exists (
       select from audit a
        where a.order_id = o.id and a.who = $1 and a.action = '${VIEWED}'
          and a.at > now() - ${ONE_LOOK_MINUTES} * interval '1 minute')`;

const NOTE_LIST = statement('note-order-list')`
insert into audit (who, action, details)
select $1, '${LISTED}', jsonb_build_object('orders', jsonb_agg(o.id order by o.id))
  from orders o
 where o.id = any($2::uuid[]) and ${HAS_PERSON}
   -- Hashed once: who scrolls through a long list has seen a hundred pages lately.
   and o.id::text not in (
       select jsonb_array_elements_text(a.details -> 'orders') from audit a
        where a.who = $1 and a.action = '${LISTED}' and a.at > now() - ${ONE_LOOK_MINUTES} * interval '1 minute')
having count(*) > 0`;

/** Who a producer is in the audit: the name of its key, apart from those of operators. */
export function producerInAudit(apiKeyName: string): string {
  return `orders:${apiKeyName}`;
}

/** Records in the audit that someone sees who an order is for that is not their own. Call it before showing them. */
export async function noteOrderView(pool: Pool, who: string, orderId: string): Promise<void> {
  await pool.query({ ...NOTE, values: [who, orderId] });
}

/** The same for a page of a list: one entry with the orders that this person has not seen lately. */
export async function noteOrderList(pool: Pool, who: string, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length > 0) await pool.query({ ...NOTE_LIST, values: [who, orderIds] });
}
