import type pg from 'pg';
import { integer, listOf, named, object, orNull, text, type TypeOf } from '../../http/schema/schema.js';
import { REFUND_STATUSES } from '../../orders/tickets/ticket-status.js';

/** By what the orders of a report are counted. */
export const REPORT_DIMENSIONS = ['month', 'key', 'tariff'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

const ROW = object({
  month: orNull(text('`2026-11`, in Moscow, where the money is counted; null unless asked for.')),
  key: orNull(text('The name of the key that placed them; null unless asked for.')),
  tariff: orNull(text('The id of their only tariff; null unless asked for, and of orders with several.')),
  orders: integer('All that were accepted.'),
  confirmed: integer('Those that are paid.'),
  rejected: integer('Those that Тройка Бизнес refused.'),
  tickets: integer('Of paid and cancelled orders, as far as Тройка Бизнес has named them.'),
  refunds: integer('Those of the tickets whose money is on its way back, or is back.'),
  roubles: text('What paid orders have cost.'),
});

/** The answer of a report. */
export const ORDER_REPORT = named('OrderReport', object({ rows: listOf(ROW) }));
export type ReportRow = TypeOf<typeof ROW>;

const ZONE = 'Europe/Moscow';
const DIMENSIONS: Readonly<Record<ReportDimension, string>> = {
  month: `to_char(o.created_at at time zone '${ZONE}', 'YYYY-MM')`,
  key: 'o.api_key_name',
  tariff: `(select case when count(distinct line ->> 'tariffId') = 1 then min(line ->> 'tariffId') end
              from json_array_elements(o.body -> 'orderData') line)`,
};
const REFUNDS = REFUND_STATUSES.map((status) => `'${status}'`).join(', ');

/**
 * The orders that were accepted in some months, counted.
 *
 * @param months the first and the last one
 */
export async function reportOrders(
  pool: pg.Pool,
  { from, to }: { readonly from: string; readonly to: string },
  by: readonly ReportDimension[],
): Promise<ReportRow[]> {
  const chosen = REPORT_DIMENSIONS.map((name) => `${by.includes(name) ? DIMENSIONS[name] : 'null::text'} as ${name}`);
  const { rows } = await pool.query<ReportRow>(
    `select month, key, tariff, count(*)::integer as orders,
            (count(*) filter (where status = 'confirmed'))::integer as confirmed,
            (count(*) filter (where status = 'rejected'))::integer as rejected,
            coalesce(sum(tickets), 0)::integer as tickets, coalesce(sum(refunds), 0)::integer as refunds,
            coalesce(sum(total_amount::numeric) filter (where status = 'confirmed'), 0)::text as roubles
       from (select o.status, o.total_amount, t.tickets, t.refunds, ${chosen.join(', ')}
               from orders o
               left join lateral (select count(*) as tickets, count(*) filter (where status in (${REFUNDS})) as refunds
                                    from order_tickets where order_id = o.id) t on true
              where o.created_at >= ($1 || '-01')::timestamp at time zone '${ZONE}'
                and o.created_at < (($2 || '-01')::timestamp + interval '1 month') at time zone '${ZONE}') counted
      group by month, key, tariff order by month desc nulls last, key nulls last, tariff nulls last`,
    [from, to],
  );
  return rows;
}
