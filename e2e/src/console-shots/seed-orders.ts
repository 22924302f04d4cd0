import type pg from 'pg';

/** A number from 0 to 1 that is the same each time. */
const chance = (salt: string): string => `(('x' || substr(md5('${salt}' || n), 1, 6))::bit(24)::integer / 16777216.0)`;
const idOf = (kind: string): string => `md5('${kind}' || n)::uuid`;
const TARIFFS = `(values (2671, 2800, 0.00, 0.52), (2690, 63.5, 0.52, 0.74), (2710, 2190, 0.74, 0.88), (2672, 6900, 0.88, 0.97),
  (2673, 21900, 0.97, 1.01)) as tariff (id, price, chance_from, chance_to)`;
const BODY = `json_build_object('phone', '+7916' || lpad((1000000 + n * 7919 % 8999999)::text, 7, '0'), 'orderData', json_build_array(
  json_build_object('cardNumber', lpad((n * 104729 % 9999999999)::text, 10, '0'), 'tariffId', tariff.id, 'quantity', 1,
                    'currencyId', 'RUB', 'type', 'owncard')))`;

/** Three months of orders, the way they ended, with what happened to each. */
const HISTORY = `
insert into orders (id, api_key_name, idempotency_key, body, phones, status, reference, attempts, troika_order_id, total_amount,
                    result_code, result_message, created_at, updated_at)
select ${idOf('order')}, key, 'seed-' || n, ${BODY}, '{}', status, reference, 1,
       case when status in ('confirmed', 'cancelled') then (228000 + n)::text end,
       case when status in ('confirmed', 'cancelled') then tariff.price::text end,
       case status when 'rejected' then 501 when 'failed' then null else 0 end,
       case status when 'rejected' then 'Карта не найдена' end, at, at + interval '2 seconds'
  from generate_series(1, 1640) n
  cross join lateral (select case when ${chance('key')} < 0.6 then 'shop' when ${chance('key')} < 0.85 then 'office'
                                  else 'console:anna' end as key,
                             case when ${chance('end')} < 0.955 then 'confirmed' when ${chance('end')} < 0.98 then 'rejected'
                                  when ${chance('end')} < 0.993 then 'cancelled' else 'failed' end as status,
                             'S-' || (46000 + n) as reference) w
  cross join lateral (select case when n > 1400 then now() - interval '25 minutes' - ${chance('hour')} * interval '9 hours'
                                  else now() - interval '10 hours' - ${chance('day')} * interval '86 days' end as at) t
  join ${TARIFFS} on ${chance('tariff')} >= chance_from and ${chance('tariff')} < chance_to`;

/** The night: what was under way when Тройка Бизнес went silent, and what waits since. */
const NIGHT = `
insert into orders (id, api_key_name, idempotency_key, body, phones, status, reference, attempts, is_batch, created_at, updated_at)
select ${idOf('night')}, case when n <= 9 then 'shop' else 'office' end, 'night-' || n, ${BODY}, '{}',
       case when n <= 9 then 'unknown' else 'accepted' end, 'N-' || (48200 + n), case when n <= 9 then 1 else 0 end, n > 9, at, at
  from generate_series(1, 223) n
  cross join lateral (select now() - case when n <= 9 then interval '21 minutes' + n * interval '7 seconds'
                                          else n * interval '5 seconds' end as at) t
  join ${TARIFFS} on tariff.id = case when n % 4 = 3 then 2710 else 2671 end`;

const ATTEMPTS = `
insert into order_attempts (order_id, number, started_at, ended_at, outcome, reason, http_status, result_code, result_message,
                            duration_ms, answer)
select id, 1, created_at + interval '1 second', created_at + interval '1 second' + took * interval '1 millisecond',
       case status when 'unknown' then 'unknown' when 'failed' then 'not-sent' else 'answered' end,
       case status when 'unknown' then 'not-an-envelope' when 'failed' then 'refused' end,
       case status when 'unknown' then 502 when 'failed' then null else 200 end, result_code, result_message, took,
       case status when 'unknown' then '<html><head><title>502 Bad Gateway</title></head></html>' end
  from (select *, 180 + (('x' || substr(md5(id::text), 1, 4))::bit(16)::integer % 420) as took from orders where attempts = 1) o`;

const EVENTS = `
insert into order_events (order_id, at, status, cause)
select o.id, o.created_at + later * interval '1 second', e.status, e.cause
  from orders o
  cross join lateral (values (0.0, 'accepted', 'posted'), (1.0, 'sending', 'claimed'),
    (1.6, o.status, case o.status when 'unknown' then 'not-an-envelope' when 'rejected' then 'answered-other'
                                  when 'failed' then 'retries-used-up' else 'answered-0' end)) e (later, status, cause)
 where later = 0 or o.attempts = 1`;

const TICKETS = `
with made as (
  insert into order_tickets (order_id, order_tariff_id, position, card_number, tariff_id, status, updated_at)
  select id, '9' || troika_order_id, 0, body -> 'orderData' -> 0 ->> 'cardNumber', body -> 'orderData' -> 0 ->> 'tariffId',
         case when status = 'cancelled' then 'refunded' when created_at < now() - interval '2 days' then 'written' else 'pending' end,
         created_at + interval '3 hours'
    from orders where troika_order_id is not null returning *
)
insert into order_events (order_id, at, status, cause, ticket_id, ticket_status)
select order_id, updated_at, 'cancelled', 'ticket-news', order_tariff_id, status from made where status = 'refunded'`;

/** Fills the ledger with orders that no one has placed. */
export async function seedOrders(pool: pg.Pool): Promise<void> {
  for (const text of [HISTORY, NIGHT, ATTEMPTS, EVENTS, TICKETS]) await pool.query(text);
}
