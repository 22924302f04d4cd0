import type { Pool } from 'pg';
import { statement } from '../../../storage/statement.js';

/** Deliveries at a working address are in progress; the schedule ends them long before. */
const DELETE_DELIVERIES = statement('delete-old-deliveries')`
delete from callback_deliveries where id in (
  select d.id from callback_deliveries d
    left join callback_endpoints e on e.id = d.endpoint_id
    left join callback_hosts h on h.api_key_name = e.api_key_name and h.host = e.host
   where d.created_at < now() - $1 * interval '1 day'
     and (d.state <> 'pending' or e.state = 'disabled' or h.disabled_at is not null)
   order by d.created_at limit $2 for update of d skip locked)`;

/** Endpoints that their producer has disabled stay disabled. */
const DELETE_ENDPOINTS = statement('delete-idle-endpoints')`
delete from callback_endpoints where id in (
  select e.id from callback_endpoints e
   where e.created_at < now() - $1 * interval '1 day' and e.disabled_why is distinct from 'by-producer'
     and not exists (select from callback_deliveries d where d.endpoint_id = e.id)
   limit $2 for update skip locked)`;

const DELETE_HOSTS = statement('delete-idle-hosts')`
delete from callback_hosts where (api_key_name, host) in (
  select h.api_key_name, h.host from callback_hosts h
   where h.created_at < now() - $1 * interval '1 day'
     and not exists (select from callback_endpoints e where e.api_key_name = h.api_key_name and e.host = h.host)
   limit $2 for update skip locked)`;

/**
 * Removes deliveries older than `days` with their attempts: those that are settled, and those that wait at a disabled
 * address, which no one has enabled in that time.
 *
 * @returns how many; fewer than `limit` means that there are no more
 */
export async function deleteSettledDeliveries(pool: Pool, days: number, limit: number): Promise<number> {
  const { rowCount } = await pool.query({
    ...DELETE_DELIVERIES,
    values: [days, limit],
  });
  return rowCount ?? 0;
}

/**
 * Removes addresses older than `days` of which no delivery is left: a producer may give each order one of its own. One
 * that is used again is made again.
 *
 * @returns how many; fewer than `limit` means that there are no more
 */
export async function deleteIdleEndpoints(pool: Pool, days: number, limit: number): Promise<number> {
  const { rowCount } = await pool.query({ ...DELETE_ENDPOINTS, values: [days, limit] });
  return rowCount ?? 0;
}

/** Removes hosts older than `days` of which no address is left. @returns how many; fewer than `limit` means no more */
export async function deleteIdleHosts(pool: Pool, days: number, limit: number): Promise<number> {
  const { rowCount } = await pool.query({ ...DELETE_HOSTS, values: [days, limit] });
  return rowCount ?? 0;
}
