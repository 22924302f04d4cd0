import type pg from 'pg';
import { REFUND_STATUSES } from '../../orders/tickets/ticket-status.js';

/** By what the orders of a report are counted. */
export const REPORT_DIMENSIONS = ['month', 'key', 'tariff'] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

/** A line of a report: null for a dimension that was not asked for, and for the tariff of orders with several. */
export interface ReportRow {
  /** `2026-11`, in Moscow, where the money is counted. */
  readonly month: string | null;
  readonly key: string | null;
  readonly tariff: string | null;
  /** All that were accepted. */
  readonly orders: number;
  /** Those that are paid. */
  readonly confirmed: number;
  readonly rejected: number;
  /** Of paid and cancelled orders, as far as Тройка Бизнес has named them; those on their way back are refunds. */
  readonly tickets: number;
  readonly refunds: number;
  /** What paid orders have cost, as text. */
  readonly roubles: string;
}

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
