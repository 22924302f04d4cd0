import type pg from 'pg';
import { integer, listOf, named, object, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { amountOf } from '../../partner/account/amount-of.js';
import { REFUND_STATUSES } from '../../orders/tickets/ticket-status.js';

/** By what the orders of a report are counted. */
export const REPORT_DIMENSIONS = ['month', 'key', 'tariff'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

const COUNTS = {
  orders: integer('All that were accepted.'),
  confirmed: integer('Those that are paid.'),
  rejected: integer('Those that Тройка Бизнес refused.'),
  tickets: integer('Of paid and cancelled orders, as far as Тройка Бизнес has named them.'),
  refunds: integer('Those of the tickets whose money is on its way back, or is back.'),
  roubles: text('What paid orders have cost.'),
};
const ROW = object({
  month: orNull(text('`2026-11`, in the zone of the report; null unless asked for.')),
  key: orNull(text('The name of the key that placed them; null unless asked for.')),
  tariff: orNull(text('The id of their only tariff; null unless asked for, and of orders with several.')),
  tariffName: orNull(text('Its name; null where the dictionary has none.')),
  ...COUNTS,
});

/** The answer of a report. */
export const ORDER_REPORT = named(
  'OrderReport',
  object({
    zone: text('The time zone of its months, such as Europe/Moscow.'),
    rows: listOf(ROW),
    total: object(COUNTS, { description: 'All of them together.' }),
  }),
);
export type OrderReport = TypeOf<typeof ORDER_REPORT>;
export type ReportRow = TypeOf<typeof ROW>;
type Counts = OrderReport['total'];
type Named = Omit<ReportRow, keyof Counts>;

const DIMENSIONS: Readonly<Record<ReportDimension, string>> = {
  month: `to_char(o.created_at at time zone $3, 'YYYY-MM')`,
  key: 'o.api_key_name',
  tariff: `(select case when count(distinct line ->> 'tariffId') = 1 then min(line ->> 'tariffId') end
              from json_array_elements(o.body -> 'orderData') line)`,
};
const REFUNDS = REFUND_STATUSES.map((status) => `'${status}'`).join(', ');

/** The months of a report, the first and the last one, in a time zone. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

/** The orders that were accepted in some months, counted. */
export async function reportOrders(
  pool: pg.Pool,
  { from, to }: Months,
  zone: string,
  by: readonly ReportDimension[],
): Promise<OrderReport> {
  const chosen = REPORT_DIMENSIONS.map((name) => `${by.includes(name) ? DIMENSIONS[name] : 'null::text'} as ${name}`);
  const { rows } = await pool.query<{ readonly dimensions: Named; readonly counts: Counts; readonly isTotal: boolean }>(
    `with tariffs as (
       select entry ->> 'id' as id, max(entry ->> 'name') as name
         from dictionaries d cross join json_array_elements(d.entries) entry where d.name = 'tariffs' group by 1
     ), counted as (
       select o.status, ${amountOf('o.total_amount')} as cost, t.tickets, t.refunds, ${chosen.join(', ')}
         from orders o
         left join lateral (select count(*) as tickets, count(*) filter (where status in (${REFUNDS})) as refunds
                              from order_tickets where order_id = o.id) t on true
        where o.created_at >= ($1 || '-01')::timestamp at time zone $3
          and o.created_at < (($2 || '-01')::timestamp + interval '1 month') at time zone $3
     ), sums as (
       select month, key, tariff, grouping(month) = 1 as "isTotal", count(*) as orders,
              count(*) filter (where status = 'confirmed') as confirmed,
              count(*) filter (where status = 'rejected') as rejected,
              coalesce(sum(tickets), 0) as tickets, coalesce(sum(refunds), 0) as refunds,
              coalesce(sum(cost) filter (where status = 'confirmed'), 0)::text as roubles
         from counted group by grouping sets ((month, key, tariff), ())
     )
     select json_build_object('month', month, 'key', key, 'tariff', tariff, 'tariffName', t.name) as dimensions,
            json_build_object('orders', orders, 'confirmed', confirmed, 'rejected', rejected, 'tickets', tickets,
                              'refunds', refunds, 'roubles', roubles) as counts, "isTotal"
       from sums left join tariffs t on t.id = tariff
      order by "isTotal", month desc nulls last, key nulls last, tariff nulls last`,
    [from, to, zone],
  );
  // The sum of all is there even where there is nothing to sum.
  const total = rows.find(({ isTotal }) => isTotal)?.counts as Counts;
  const parts = rows.filter(({ isTotal }) => !isTotal);
  return { zone, rows: parts.map(({ dimensions, counts }) => ({ ...dimensions, ...counts })), total };
}
