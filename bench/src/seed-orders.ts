import { queryOnce } from './harness/databases.js';

/**
 * Fills a ledger with orders of the last days, made by the database itself: 94 of a hundred paid, the others in states that a person
 * looks for. Each has one attempt.
 */
export async function seedOrders(url: string, orders: number): Promise<void> {
  await queryOnce(
    url,
    `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, reference, phones, attempts, troika_order_id,
         total_amount, created_at, updated_at)
     select gen_random_uuid(), 'shop-' || n / 7 % 5, 'key-' || n, '',
            json_build_object('phone', phone, 'orderData', json_build_array(json_build_object(
              'cardNumber', lpad((n % 100000)::text, 10, '0'), 'tariffId', 2671, 'amount', 2800, 'quantity', 1))),
            case when n % 100 = 1 then 'unknown' when n % 50 = 2 then 'failed' when n % 50 = 3 then 'rejected'
                 when n % 100 = 4 then 'cancelled' when n % 1000 = 5 then 'accepted' when n % 1000 = 6 then 'retrying'
                 else 'confirmed' end,
            'order-' || n, array[phone], 1, case when n % 50 > 10 then (1450000000000 + n)::text end,
            case when n % 50 > 10 then '2800' end, at, at
       from (select n, '+7916' || lpad(n::text, 7, '0') as phone, now() - ($1::integer - n) * interval '2 seconds' as at
               from generate_series(1, $1::integer) as n) as t`,
    [orders],
  );
  await queryOnce(
    url,
    `insert into order_attempts (order_id, number, started_at, ended_at, outcome, reason, duration_ms)
     select id, 1, created_at, created_at, case when status = 'unknown' then 'unknown' else 'answered' end,
            case when status = 'unknown' then 'timeout' end, 300
       from orders`,
  );
  await queryOnce(url, 'vacuum analyze');
}
