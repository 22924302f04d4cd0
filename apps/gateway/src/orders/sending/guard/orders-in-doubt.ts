import type pg from 'pg';
import { statement } from '../../../storage/statement.js';

/** The orders that wait to be sent, and what they would cost. */
export interface OrdersInDoubt {
  readonly count: number;
  /** At the prices of the catalogue, exact; of the lines whose price is known. */
  readonly roubles: string;
  /** Orders with a line whose price the catalogue does not have. */
  readonly withoutPrice: number;
  readonly oldestAt: Date | null;
  readonly newestAt: Date | null;
}

const COUNT = statement('count-orders-in-doubt')`
with prices as (
  select 'tariff' as kind, entry ->> 'id' as id, entry ->> 'priceMin' as price
    from dictionaries d cross join json_array_elements(d.entries) entry where d.name = 'tariffs'
  union all
  select 'card', entry ->> 'id', entry ->> 'price'
    from dictionaries d cross join json_array_elements(d.entries) entry where d.name = 'card-types'
), waiting as (
  select id, created_at, body from orders where status in ('accepted', 'retrying')
), lines as (
  select w.id, line
    from waiting w cross join json_array_elements(
      case json_typeof(w.body -> 'orderData') when 'array' then w.body -> 'orderData' else '[]' end) line
   where json_typeof(line) = 'object'
), costs as (
  -- An amount stands for the tariff's price. A card that the user has costs nothing.
  select l.id, l.line ->> 'quantity' as quantity, coalesce(l.line ->> 'amount', t.price) as tariff,
         case when l.line ->> 'cardTypeId' is null then '0' else c.price end as card
    from lines l
    left join prices t on t.kind = 'tariff' and t.id = l.line ->> 'tariffId'
    left join prices c on c.kind = 'card' and c.id = l.line ->> 'cardTypeId'
), numbers as (
  select id,
         case when tariff ~ '^\\d{1,12}(\\.\\d{1,6})?$' and card ~ '^\\d{1,12}(\\.\\d{1,6})?$'
              then (tariff::numeric + card::numeric)
                   * case when quantity ~ '^\\d{1,9}$' then quantity::numeric else 1 end end as roubles
    from costs
)
select (select count(*)::int from waiting) as count, (select coalesce(sum(roubles), 0)::text from numbers) as roubles,
       (select count(distinct id)::int from numbers where roubles is null) as "withoutPrice",
       (select min(created_at) from waiting) as "oldestAt", (select max(created_at) from waiting) as "newestAt"`;

/** Counts what could have been sent from a ledger that is lost: everything that is accepted or retrying in this one. */
export async function countOrdersInDoubt(pool: pg.Pool): Promise<OrdersInDoubt> {
  const { rows } = await pool.query<OrdersInDoubt>(COUNT);
  return rows[0] ?? { count: 0, roubles: '0', withoutPrice: 0, oldestAt: null, newestAt: null };
}
