import type { Pool } from 'pg';

/**
 * Orders that have just been confirmed, with tracks that are due at once unless said otherwise.
 *
 * @returns their ids, and the partner's: a number each
 */
export async function confirmOrders(
  pool: Pool,
  count: number,
  { troikaOrderIds = true, dueInSecs = 0 } = {},
): Promise<{ id: string; troikaOrderId: string | null }[]> {
  const { rows } = await pool.query<{ id: string; troikaOrderId: string | null }>(
    `with made as (
       insert into orders (id, api_key_name, idempotency_key, request_hash, body, status)
       select id, 'shop', id::text, '', '{}', 'sending'
         from (select gen_random_uuid() as id from generate_series(1, $1::integer)) new
       returning id
     ) select id from made`,
    [count],
  );
  const ids = rows.map(({ id }) => id);
  const confirmed = await pool.query<{ id: string; troikaOrderId: string | null }>(
    `update orders o
        set status = 'confirmed', due_at = now() + $3::float8 * interval '1 second',
            troika_order_id = case when $2 then (abs(hashtextextended(o.id::text, 0)) % 1000000000)::text end
      where id = any($1::uuid[])
     returning id, troika_order_id as "troikaOrderId"`,
    [ids, troikaOrderIds, dueInSecs],
  );
  return confirmed.rows;
}

/** Deletes every order and resets the rate limiter, the breaker and the pause. */
export async function resetOrders(pool: Pool): Promise<void> {
  await pool.query(`
    truncate orders, operator_events cascade;
    delete from partner_pace;
    update tracking_pause set until = '-infinity';
    update partner_breaker set failures = 0, openings = 0, open_until = null, probing = false`);
}
