import type { ClientBase } from 'pg';
import { JITTER_SQL } from '../../../core/jitter.js';
import { ColumnArrays, type Column } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/** Attempts that one address has in progress at once, and one host of a producer, over all processes. */
const MOST_UNDER_WAY = 8;
/** After so many failures in a row one attempt at a time tries whether it is back. */
const FAILING_AFTER = 3;
/** How long one that fails is left alone: twice as long each time, a minute at most. */
const MOST_PAUSE_SECS = 60;

/** A host of a producer: a name or an address, with its port. */
export interface CallbackHost {
  readonly apiKeyName: string;
  readonly host: string;
}

/** The columns of a host, for statements that are given many. */
export const HOST_COLUMNS: Readonly<Record<'api_key_name' | 'host', Column<CallbackHost>>> = {
  api_key_name: ['text', ({ apiKeyName }) => apiKeyName],
  host: ['text', ({ host }) => host],
};
const GIVEN_HOSTS = new ColumnArrays<CallbackHost>(HOST_COLUMNS);

/** SQL: how many attempts the endpoint or host `alias` may have in progress at once. */
export function mostByHealth(alias: string): string {
  return `case when ${alias}.failures >= ${FAILING_AFTER} then 1 else ${MOST_UNDER_WAY} end`;
}

/** SQL: until when the endpoint or host `alias` pauses after one more failure; null if it does not pause. */
export function pauseAfterFailure(alias: string): string {
  return `case when ${alias}.failures + 1 >= ${FAILING_AFTER} then now() + ${JITTER_SQL} * interval '1 second'
    * least(2 ^ least(${alias}.failures + 1 - ${FAILING_AFTER}, 10), ${MOST_PAUSE_SECS}) end`;
}

/** SQL: the attempts that are in progress. They are few, so counting begins here. */
export const CLAIMED = `
claimed as materialized (
  select d.due_at, e.id as endpoint_id, e.api_key_name, e.host
    from callback_deliveries d join callback_endpoints e on e.id = d.endpoint_id
   where d.claim_id is not null and d.due_at > now())`;

const ENDPOINTS = statement('reschedule-endpoints')`
with ${CLAIMED}
update callback_endpoints e
   set due_at = greatest(e.not_before, coalesce(case when busy.count >= ${mostByHealth('e')} then busy.until else
         (select d.due_at from callback_deliveries d
           where d.endpoint_id = e.id and d.state = 'pending' and d.due_at is not null
           order by d.due_at, d.event_id limit 1) end, 'infinity'))
  from unnest($1::uuid[]) as given (id)
 cross join lateral (select count(*) as count, min(due_at) as until from claimed where endpoint_id = given.id) busy
 where e.id = given.id`;

const HOSTS = statement('reschedule-hosts')`
with ${CLAIMED}
update callback_hosts h
   set due_at = greatest(h.not_before, coalesce(case when busy.count >= ${mostByHealth('h')} then busy.until else
         (select e.due_at from callback_endpoints e
           where e.api_key_name = h.api_key_name and e.host = h.host and e.state = 'enabled'
           order by e.due_at limit 1) end, 'infinity'))
  from ${GIVEN_HOSTS.rowsAs('given')}
 cross join lateral (
       select count(*) as count, min(due_at) as until from claimed c
        where c.api_key_name = given.api_key_name and c.host = given.host) busy
 where h.api_key_name = given.api_key_name and h.host = given.host`;

/**
 * Sets when endpoints and their hosts have to be looked at next: when their next delivery is due, or, while they have
 * as many attempts in progress as they may, when the first of these must have ended. The caller holds the hosts locked,
 * and has changed their deliveries in this transaction.
 */
export async function reschedule(
  client: ClientBase,
  { endpointIds, hosts }: { endpointIds: readonly string[]; hosts: readonly CallbackHost[] },
): Promise<void> {
  await client.query({ ...ENDPOINTS, values: [endpointIds] });
  await client.query({ ...HOSTS, values: GIVEN_HOSTS.of(hosts) });
}

interface LockedEndpoint extends CallbackHost {
  readonly state: string;
  /** Why the endpoint itself is disabled; null while at most its host is. */
  readonly disabledWhy: string | null;
  readonly isHostDisabled: boolean;
}

const LOCK = `
select e.api_key_name as "apiKeyName", e.host, e.state, e.disabled_why as "disabledWhy", h.disabled_at is not null as "isHostDisabled"
  from callback_endpoints e join callback_hosts h on h.api_key_name = e.api_key_name and h.host = e.host
 where e.id = $1 and ($2::text is null or e.api_key_name = $2) for update of h, e`;

/**
 * Locks an endpoint with its host, until the end of the transaction: every change of its due deliveries does. The host comes
 * before its endpoints and these before their deliveries, everywhere: no two transactions then wait for each other.
 *
 * @param apiKeyName only an endpoint of this producer; any when absent
 */
export async function lockEndpoint(
  client: ClientBase,
  id: string,
  apiKeyName?: string,
): Promise<LockedEndpoint | undefined> {
  const { rows } = await client.query<LockedEndpoint>(LOCK, [id, apiKeyName ?? null]);
  return rows[0];
}
