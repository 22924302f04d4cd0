import type { Pool } from 'pg';

/** What waits at an address that works is on its way; the schedule ends it long before. */
const FORGET = `
delete from callback_deliveries where id in (
  select d.id from callback_deliveries d left join callback_endpoints e on e.id = d.endpoint_id
   where d.created_at < now() - $1 * interval '1 day' and (d.state <> 'pending' or e.state = 'disabled')
   order by d.created_at limit $2 for update of d skip locked)`;

/**
 * Removes deliveries older than `days` with their attempts: those that are settled, and those that wait at a disabled
 * address, which nobody has enabled in that time.
 *
 * @returns how many; fewer than `limit` means that there are no more
 */
export async function forgetDeliveries(pool: Pool, days: number, limit: number): Promise<number> {
  const { rowCount } = await pool.query({ name: 'forget-deliveries', text: FORGET, values: [days, limit] });
  return rowCount ?? 0;
}
