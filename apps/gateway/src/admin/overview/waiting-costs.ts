import type { Pool } from 'pg';
import { integer, named, object, oneOf, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { orderCosts } from '../../orders/ledger/order-costs.js';
import { statement } from '../../storage/statement.js';

/** Only a person brings orders in these states to an end. */
const FOR_A_PERSON = ['unknown', 'failed', 'rejected'] as const;
/** Of each state, the oldest: to read the lines of more would take too long for a page that renews itself. */
const MOST_ORDERS = 500;

const COST = named(
  'WaitingCost',
  object(
    {
      status: oneOf(FOR_A_PERSON, 'The state.'),
      roubles: orNull(text('By the prices of the catalogue; null where none of them is known.')),
      orders: integer(`How many orders this is for: ${MOST_ORDERS} at the most, the oldest.`, { minimum: 0 }),
      unpriced: integer('How many of them have a price that is not known; they are not in it.', { minimum: 0 }),
    },
    { description: 'What the orders cost that wait for a person in one state.' },
  ),
);
export type WaitingCost = TypeOf<typeof COST>;
export const WAITING_COST = COST;

/** One part for each state, so that each reads the beginning of the index of what waits. */
const WAITING = FOR_A_PERSON.map(
  (status) =>
    `(select status, id, body from orders where status = '${status}' order by created_at, id limit ${MOST_ORDERS})`,
).join(' union all ');

const READ = statement('cost-of-waiting-orders')`
with waiting as materialized (${WAITING}), ${orderCosts('waiting')}
select w.status, trim_scale(sum(s.roubles))::text as roubles, count(*)::integer as orders,
       (count(*) - count(s.roubles))::integer as unpriced
  from waiting w left join totals s on s.id = w.id group by w.status`;

/** What waits for a person in roubles; nothing for a state that no order is in. */
export async function readWaitingCosts(pool: Pool): Promise<WaitingCost[]> {
  const { rows } = await pool.query<WaitingCost>(READ);
  return rows;
}
