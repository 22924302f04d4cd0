import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import { orderCosts } from './order-costs.js';

/** What left the fund about the attempt of an unknown order, without another explanation; both bounds in roubles, exact. */
export interface Expense {
  readonly least: string;
  readonly most: string;
  /** Other orders with an unknown outcome at about the same time. */
  readonly otherUnknown: readonly string[];
}

/** What an expense says about whether the order was executed. */
export interface WeighedExpense {
  /** `open`: it may be either. */
  readonly verdict: 'likely' | 'unlikely' | 'open';
  /** What the order costs by the catalogue, exact; null where a price is not known. */
  readonly cost: string | null;
  /** How many such orders the expense pays for, if it is one amount and they explain it to the kopeck. */
  readonly times: number | null;
  /** How many unknown orders at the time cost the same, this one included; null without a cost. */
  readonly unknownOfCost: number | null;
}

const WEIGH = statement('weigh-expense')`
with found as (
  select id, body from orders where id = $1 or id = any($4::uuid[])
), ${orderCosts('found')}, given as (
  select $2::numeric as least, $3::numeric as most, (select roubles from totals where id = $1) as cost
)
select trim_scale(cost)::text as cost,
       case when least < coalesce(cost, 0) or least <= 0
            then case when most < coalesce(cost, 0) or most <= 0 then 'unlikely' else 'open' end
            else 'likely' end as verdict,
       case when least = most and most > 0 and cost > 0 and most % cost = 0 then (most / cost)::float8 end as times,
       case when cost is not null
            then (select count(*)::int from totals where roubles = given.cost) end as "unknownOfCost"
  from given`;

/**
 * Holds an expense against the price of the order: less than that cannot have paid for it. The catalogue has lowest prices, so
 * an order may have cost more.
 */
export async function weighExpense(
  pool: Pool,
  orderId: string,
  { least, most, otherUnknown }: Expense,
): Promise<WeighedExpense> {
  const { rows } = await pool.query<WeighedExpense>({ ...WEIGH, values: [orderId, least, most, otherUnknown] });
  const [weighed] = rows;
  if (weighed === undefined) throw new Error('the expense was not weighed');
  return weighed;
}
