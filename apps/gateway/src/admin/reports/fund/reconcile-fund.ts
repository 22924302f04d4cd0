import type pg from 'pg';
import { amountOf } from '../../../partner/account/amount-of.js';
import { orderCosts } from '../../../orders/ledger/order-costs.js';
import { LONGEST_ATTEMPT } from '../../../partner/account/fund-evidence.js';
import { statement } from '../../../storage/statement.js';
import { chooseReadings, type Period } from './choose-readings.js';
import type { FundReport, FundSpan, FundSuspect } from './fund-report.js';

const NOTHING = { least: '0', most: '0' };

/** So many orders a person can look at. */
const MOST_SUSPECTS = 200;

/** Between the readings $1[n] and $2[n], what is paid and what may be; both sides of an attempt count, as in the evidence. */
const NEAR = `
spans as (
  select s.at, b.asked_at as before_asked_at, b.read_at as before_read_at, a.asked_at as after_asked_at,
         a.read_at as after_read_at, b.amount as before_amount, a.amount as after_amount,
         b.amount::numeric - a.amount::numeric as lost
    from unnest($1::bigint[], $2::bigint[]) with ordinality as s (before, after, at)
    join account_readings b on b.id = s.before join account_readings a on a.id = s.after
), near as (
  select s.at, o.id, ${amountOf('o.total_amount')} as cost, t.started_at,
         t.started_at >= s.before_read_at and t.ended_at <= s.after_asked_at as inside,
         -- What an operator has confirmed was its last attempt.
         coalesce(t.outcome = 'answered' and t.result_code = 0
                  or t.outcome = 'unknown' and o.status in ('confirmed', 'cancelled') and o.troika_order_id is not null
                     and not exists (select from order_attempts l where l.order_id = t.order_id and l.number > t.number),
                  false) as paid,
         t.outcome is not distinct from 'unknown' as unknown
    from spans s
    join order_attempts t on t.started_at between s.before_asked_at - ${LONGEST_ATTEMPT} and s.after_read_at
                         and coalesce(t.ended_at, t.started_at + ${LONGEST_ATTEMPT}) > s.before_asked_at
    join orders o on o.id = t.order_id
), found as (
  select o.id, o.body from orders o where o.id in (select id from near where unknown and not paid)
), ${orderCosts('found')}`;

const RECONCILE = statement('reconcile-fund')`
with ${NEAR}, paid as (
  select at, count(distinct id) as orders, coalesce(sum(cost), 0) as roubles,
         coalesce(sum(cost) filter (where inside), 0) as roubles_inside, count(*) filter (where cost is null) as without
    from near where paid group by at
), doubtful as (
  select n.at, count(*) as orders, case when bool_and(t.roubles is not null) then sum(t.roubles) end as roubles
    from (select distinct at, id from near where unknown and not paid) n left join totals t using (id) group by n.at
), tickets_back as (
  select s.at, e.order_id, count(distinct e.ticket_id) as tickets
    from spans s join order_events e on e.at > s.before_read_at and e.at <= s.after_read_at
   where e.ticket_status = 'refunded' group by s.at, e.order_id
), money_back as (
  -- The price of a ticket is known where all of the order cost the same, or all of it came back.
  select b.at, b.tickets, case when b.tickets = w.tickets then c.cost
                               when w.tariffs = 1 and mod(c.cost * b.tickets * 100, w.tickets) = 0
                               then c.cost * b.tickets / w.tickets end as roubles
    from tickets_back b join orders o on o.id = b.order_id
    cross join lateral (select ${amountOf('o.total_amount')} as cost) c
    cross join lateral (select count(*) as tickets, count(distinct coalesce(tariff_id, order_tariff_id)) as tariffs
                          from order_tickets where order_id = b.order_id) w
), refunded as (
  select at, sum(tickets) as tickets, coalesce(sum(roubles), 0) as roubles,
         coalesce(sum(tickets) filter (where roubles is null), 0) as without
    from money_back group by at
), rest as (
  select s.at, s.lost - coalesce(p.roubles, 0) + coalesce(r.roubles, 0) as least,
         s.lost - coalesce(p.roubles_inside, 0) + coalesce(r.roubles, 0) as most
    from spans s left join paid p using (at) left join refunded r using (at)
)
select s.before_amount as "beforeAmount", s.before_read_at as "beforeReadAt",
       s.after_amount as "afterAmount", s.after_read_at as "afterReadAt", trim_scale(s.lost)::text as lost,
       coalesce(p.orders, 0)::int as "paidOrders", trim_scale(coalesce(p.roubles, 0))::text as "paidRoubles",
       coalesce(p.without, 0)::int as "paidWithoutAmount",
       coalesce(r.tickets, 0)::int as "refundedTickets", trim_scale(coalesce(r.roubles, 0))::text as "refundedRoubles",
       coalesce(r.without, 0)::int as "refundedWithoutAmount",
       trim_scale(u.least)::text as least, trim_scale(u.most)::text as most,
       -- The last one is all of them.
       trim_scale(sum(greatest(u.least, 0)) filter (where s.at < cardinality($1)) over ())::text as "leftLeast",
       trim_scale(sum(greatest(u.most, 0)) filter (where s.at < cardinality($1)) over ())::text as "leftMost",
       trim_scale(sum(greatest(-u.most, 0)) filter (where s.at < cardinality($1)) over ())::text as "cameLeast",
       trim_scale(sum(greatest(-u.least, 0)) filter (where s.at < cardinality($1)) over ())::text as "cameMost",
       coalesce(d.orders, 0)::int as "unknownOrders",
       case when d.orders is null then '0' else trim_scale(d.roubles)::text end as "unknownRoubles"
  from spans s join rest u using (at) left join paid p using (at) left join refunded r using (at)
  left join doubtful d using (at)
 order by s.at`;

const SUSPECTS = statement('find-fund-suspects')`
with ${NEAR}
select o.id, o.reference, o.api_key_name as key, o.status, trim_scale(t.roubles)::text as cost, n.started_at as "startedAt"
  from (select id, min(started_at) as started_at from near where unknown and not paid group by id) n
  join orders o using (id) left join totals t using (id)
 order by n.started_at, o.id limit ${MOST_SUSPECTS + 1}`;

interface SpanRow {
  readonly beforeAmount: string;
  readonly beforeReadAt: Date;
  readonly afterAmount: string;
  readonly afterReadAt: Date;
  readonly lost: string;
  readonly paidOrders: number;
  readonly paidRoubles: string;
  readonly paidWithoutAmount: number;
  readonly refundedTickets: number;
  readonly refundedRoubles: string;
  readonly refundedWithoutAmount: number;
  readonly least: string;
  readonly most: string;
  readonly leftLeast: string;
  readonly leftMost: string;
  readonly cameLeast: string;
  readonly cameMost: string;
  readonly unknownOrders: number;
  readonly unknownRoubles: string | null;
}

/**
 * Holds what the guarantee fund has lost against what the ledger explains, between the readings of a period.
 *
 * A refund counts when it became known here, which is when its order was asked for, and not when its money came back.
 */
export async function reconcileFund(pool: pg.Pool, period: Period, zone: string): Promise<FundReport> {
  const readings = await chooseReadings(pool, period, zone);
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    return { zone, spans: [], total: null, left: NOTHING, came: NOTHING, suspects: [], moreSuspects: false };
  }
  const [{ rows }, { rows: suspects }] = await Promise.all([
    pool.query<SpanRow>({
      ...RECONCILE,
      values: [
        [...readings.slice(0, -1), first],
        [...readings.slice(1), last],
      ],
    }),
    pool.query<FundSuspect>({ ...SUSPECTS, values: [[first], [last]] }),
  ]);
  const spans = rows.map(spanOf);
  const { leftLeast, leftMost, cameLeast, cameMost } = rows.at(-1) as SpanRow;
  return {
    zone,
    spans: spans.slice(0, -1),
    total: spans.at(-1) ?? null,
    left: { least: leftLeast, most: leftMost },
    came: { least: cameLeast, most: cameMost },
    suspects: suspects.slice(0, MOST_SUSPECTS),
    moreSuspects: suspects.length > MOST_SUSPECTS,
  };
}

function spanOf(row: SpanRow): FundSpan {
  return {
    before: { amount: row.beforeAmount, readAt: row.beforeReadAt },
    after: { amount: row.afterAmount, readAt: row.afterReadAt },
    lost: row.lost,
    paid: { orders: row.paidOrders, roubles: row.paidRoubles, withoutAmount: row.paidWithoutAmount },
    refunded: { tickets: row.refundedTickets, roubles: row.refundedRoubles, withoutAmount: row.refundedWithoutAmount },
    unexplained: { least: row.least, most: row.most },
    unknown: { orders: row.unknownOrders, roubles: row.unknownRoubles },
  };
}
