import type { Pool } from 'pg';
import { runTransaction } from '../../../storage/transaction.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

const UNASSIGNED = statement('find-unassigned')`
select id, api_key_name as "apiKeyName", url from callback_deliveries
 where endpoint_id is null order by event_id limit $1 for update skip locked`;

interface Unassigned {
  readonly id: string;
  readonly apiKeyName: string;
  readonly url: string;
}

const ADDRESSES = new ColumnArrays<Unassigned>({
  api_key_name: ['text', ({ apiKeyName }) => apiKeyName],
  url: ['text', ({ url }) => url],
});

/** In a common lock order, so that two processes with the same new addresses do not deadlock. */
const MAKE = statement('make-endpoints')`
insert into callback_endpoints (api_key_name, url)
select distinct api_key_name, url from ${ADDRESSES.rowsAs('given')}
 order by api_key_name, url
on conflict on constraint callback_endpoints_address do nothing`;

const MAKE_HOSTS = statement('make-hosts')`
insert into callback_hosts (api_key_name, host)
select distinct api_key_name, e.host from callback_endpoints e
  join ${ADDRESSES.rowsAs('given')} using (api_key_name, url)
 order by api_key_name, host
on conflict do nothing`;

/** The one who settles an earlier event of an order holds its endpoint, so from here on none is settled unseen. */
const LOCK = statement('lock-endpoints')`
select e.id from callback_hosts h
  join callback_endpoints e using (api_key_name, host)
  join (select distinct * from ${ADDRESSES.rowsAs('given')}) as given using (api_key_name, url)
 order by h.api_key_name, h.host, e.id for update of h, e`;

const ASSIGN = statement('assign-endpoints')`
with assigned as (
  update callback_deliveries d
     set endpoint_id = e.id,
         due_at = case when not exists (
             select from callback_deliveries earlier
              where earlier.order_id = d.order_id and earlier.event_id < d.event_id
                and earlier.state = 'pending' and not earlier.is_redelivery)
           then greatest(now(), d.at + $2 * interval '1 second') end
    from callback_endpoints e
   where d.id = any($1::uuid[]) and e.api_key_name = d.api_key_name and e.url = d.url
  returning d.endpoint_id, d.due_at
), soonest as (
  select endpoint_id, min(due_at) as due_at from assigned group by endpoint_id
), moved as (
  update callback_endpoints e set due_at = least(e.due_at, greatest(s.due_at, e.not_before))
    from soonest s where e.id = s.endpoint_id and s.due_at is not null
  returning e.api_key_name, e.host, e.due_at
)
update callback_hosts h set due_at = least(h.due_at, greatest(m.due_at, h.not_before))
  from (select api_key_name, host, min(due_at) as due_at from moved group by api_key_name, host) m
 where h.api_key_name = m.api_key_name and h.host = m.host`;

/**
 * Brings deliveries that the ledger has written to their endpoints, which are made with their host when they are first
 * used. A delivery
 * is due by the schedule's first entry, or waits for an earlier event of its order.
 *
 * @param firstDelaySecs from the event to its first attempt
 * @returns how many; fewer than `limit` means that there are no more
 */
export function assignEndpoints(
  pool: Pool,
  { limit, firstDelaySecs }: { limit: number; firstDelaySecs: number },
): Promise<number> {
  return runTransaction(pool, async (client) => {
    const { rows } = await client.query<Unassigned>({ ...UNASSIGNED, values: [limit] });
    if (rows.length === 0) return 0;
    const addresses = ADDRESSES.of(rows);
    await client.query({ ...MAKE, values: addresses });
    await client.query({ ...MAKE_HOSTS, values: addresses });
    await client.query({ ...LOCK, values: addresses });
    await client.query({ ...ASSIGN, values: [rows.map(({ id }) => id), firstDelaySecs] });
    return rows.length;
  });
}
