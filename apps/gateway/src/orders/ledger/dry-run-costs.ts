import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import { orderCosts } from './order-costs.js';

/** What orders would cost, and what would be left. Roubles, exact; null where not known. */
export interface DryRunCosts {
  /** One for each order. */
  readonly prices: readonly (string | null)[];
  /** Of all. */
  readonly price: string | null;
  readonly left: string | null;
  readonly after: string | null;
}

/** What was confirmed since the last reading is counted only while there is a floor. */
const COSTS = statement('dry-run-costs')`
with given as (
  select position as id, body::json as body from unnest($1::text[]) with ordinality as g (body, position)
), ${orderCosts('given')}, priced as (
  select g.id, t.roubles from given g left join totals t on t.id = g.id
), fund as (
  select coalesce(case when h.floor is not null then h.amount_left end,
                  (select case when r.amount ~ '^-?\\d{1,18}(\\.\\d{1,10})?$' then r.amount::numeric end
                     from account_readings r order by r.id desc limit 1)) as amount
    from sending_hold h
), total as (
  select case when count(*) = count(roubles) then coalesce(sum(roubles), 0) end as roubles from priced
)
select coalesce((select json_agg(trim_scale(roubles)::text order by id) from priced), '[]') as prices,
       trim_scale(total.roubles)::text as price, trim_scale(fund.amount)::text as "left",
       trim_scale(fund.amount - total.roubles)::text as after
  from total cross join fund`;

/** @param bodies of app_create_order, as JSON */
export async function findCosts(pool: Pool, bodies: readonly string[]): Promise<DryRunCosts> {
  const { rows } = await pool.query<DryRunCosts>({ ...COSTS, values: [bodies] });
  const [costs] = rows;
  if (costs === undefined) throw new Error('the row of sending_hold is missing');
  return costs;
}
