import type pg from 'pg';

/** Every hour for a month, and every five minutes of the last day: what the ledger explains, and two things that it does not. */
const READINGS = `
insert into account_readings (asked_at, read_at, name, fund, amount, currency_id, refresh_secs)
select at - interval '300 milliseconds', at, 'ООО «Ромашка»', '12000000',
       trim_scale(11400000
         - coalesce((select sum(o.total_amount::numeric) from orders o join order_attempts a on a.order_id = o.id
                      where o.total_amount is not null and a.ended_at <= at), 0)
         + coalesce((select sum(o.total_amount::numeric) from order_events e join orders o on o.id = e.order_id
                      where e.ticket_status = 'refunded' and e.at <= moments.at), 0)
         + case when at > now() - interval '12 days' then 3000000 else 0 end
         -- Someone else has paid out of it, and two of the orders without an outcome were executed.
         - case when at > now() - interval '9 days' then 63.5 else 0 end
         - case when at > now() - interval '21 minutes' then 5600 else 0 end)::text, 'RUB', 86400
  from (select generate_series(date_trunc('hour', now() - interval '29 days'), now() - interval '26 hours', interval '1 hour') as at
        union all
        select generate_series(date_trunc('minute', now() - interval '26 hours'), now(), interval '5 minutes')) moments
 order by at`;

const HOLD = `
update sending_hold
   set floor = 500000, spent = 0, spent_at_reading = 0,
       reading_amount = (select amount::numeric from account_readings order by id desc limit 1)`;

const BREAKER = `
update partner_breaker
   set failures = 5, openings = 3, unknowns = 9, reason = 'unknown-outcomes', opened_at = now() - interval '20 minutes',
       open_until = now() + interval '5 minutes', changed_at = now() - interval '20 minutes',
       message = 'Тройка Бизнес answered HTTP 502 to 9 orders in a row'`;

const EVENTS = `
insert into operator_events (at, kind, severity, message, details, closed_at)
select now() - age::interval, kind, severity, message, details::jsonb, case when lasts then null else now() - age::interval end
  from (values
    ('12 days', 'fund.recovered', 'info', 'The guarantee fund is above its warning limit again.', '{}', false),
    ('2 days', 'tariff.price-changed', 'warning', 'The price of a tariff has changed.', '{"tariffId": "2710"}', false),
    ('20 minutes', 'sending.paused', 'critical', 'Sending is paused: Тройка Бизнес answered HTTP 502 to 9 orders in a row.', '{}', true),
    ('19 minutes', 'orders.unknown', 'critical', '9 orders have an unknown outcome.', '{"count": 9}', true)
  ) e (age, kind, severity, message, details, lasts)
on conflict do nothing`;

/** The guarantee fund of a month, and a night in which sending stands. */
export async function seedFund(pool: pg.Pool): Promise<void> {
  await pool.query('delete from account_readings');
  await pool.query(`update partner_refreshes set due_at = now() + interval '1 day'`);
  for (const text of [READINGS, HOLD, BREAKER]) await pool.query(text);
}

/** What a person must know; before the orders, of which the gateway opens events itself as soon as it looks. */
export async function seedEvents(pool: pg.Pool): Promise<void> {
  await pool.query('delete from operator_events');
  await pool.query(EVENTS);
}
