import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';

/**
 * Common table expressions that end in `costs (id, roubles)`, one row per line, and `totals (id, roubles)`, one per order that
 * has lines: what orders cost at the prices of the catalogue; null where a price is not known.
 *
 * @param source a common table expression with `id` and `body`
 */
export const orderCosts = (source: string): string => `
prices as (
  select 'tariff' as kind, entry ->> 'id' as id, entry ->> 'priceMin' as price
    from dictionaries d cross join json_array_elements(d.entries) entry where d.name = 'tariffs'
  union all
  select 'card', entry ->> 'id', entry ->> 'price'
    from dictionaries d cross join json_array_elements(d.entries) entry where d.name = 'card-types'
), lines as (
  select w.id, line
    from ${source} w cross join json_array_elements(
      case json_typeof(w.body -> 'orderData') when 'array' then w.body -> 'orderData' else '[]' end) line
   where json_typeof(line) = 'object'
), unit_costs as (
  -- An amount stands for the tariff's price. A card that the user has costs nothing.
  select l.id, l.line ->> 'quantity' as quantity, coalesce(l.line ->> 'amount', t.price) as tariff,
         case when l.line ->> 'cardTypeId' is null then '0' else c.price end as card
    from lines l
    left join prices t on t.kind = 'tariff' and t.id = l.line ->> 'tariffId'
    left join prices c on c.kind = 'card' and c.id = l.line ->> 'cardTypeId'
), costs as materialized (
  select id,
         case when tariff ~ '^\\d{1,12}(\\.\\d{1,6})?$' and card ~ '^\\d{1,12}(\\.\\d{1,6})?$'
              then (tariff::numeric + card::numeric)
                   * case when quantity ~ '^\\d{1,9}$' then quantity::numeric else 1 end end as roubles
    from unit_costs
), totals as materialized (
  -- One line without a price leaves the whole order without.
  select id, case when bool_and(roubles is not null) then sum(roubles) end as roubles from costs group by id
)`;

const COST = statement('order-cost')`
with found as (
  select id, body from orders where id = $1
), ${orderCosts('found')}
select trim_scale(roubles)::text as roubles from totals`;

/** What an order costs by the catalogue, in roubles, exact; null where a price is not known. */
export async function findOrderCost(pool: Pool, orderId: string): Promise<string | null> {
  const { rows } = await pool.query<{ roubles: string | null }>({ ...COST, values: [orderId] });
  return rows[0]?.roubles ?? null;
}
