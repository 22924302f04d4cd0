import { pageOf, rowsFor } from '../../../storage/page.js';
import type { Pool, PoolClient } from 'pg';
import { noteOperatorEvent } from '../../../operator-events/operator-events.js';
import type { TimeCursor } from '../../../http/schema/page.js';
import { runTransaction } from '../../../storage/transaction.js';
import { lockEndpoint, reschedule } from './endpoint-limits.js';
import { statement } from '../../../storage/statement.js';
import type { EndpointRecord, EndpointState } from './delivery-records.js';

/** SQL: an endpoint as its producer sees it. One whose host is disabled is disabled. */
const SEEN = `
  select e.id, e.api_key_name, e.url, e.failures, e.failing_since as "failingSince",
         e.last_success_at as "lastSuccessAt", e.last_failure_at as "lastFailureAt", e.created_at as "createdAt",
         case when e.disabled_at is null and h.disabled_at is null then 'enabled' else 'disabled' end as state,
         coalesce(e.disabled_why, case when h.disabled_at is not null then 'failing' end) as "disabledWhy",
         coalesce(e.disabled_at, h.disabled_at) as "disabledAt"
    from callback_endpoints e left join callback_hosts h using (api_key_name, host)`;

const COLUMNS = `id, url, state, "disabledWhy", "disabledAt", failures, "failingSince", "lastSuccessAt", "lastFailureAt",
  (select count(*)::int from callback_deliveries d where d.endpoint_id = seen.id and d.state = 'pending') as pending,
  "createdAt"`;

const LIST = statement('list-endpoints')`
select ${COLUMNS}, to_char("createdAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorAt"
  from (${SEEN}) seen
 where api_key_name = $1 and ($2::text is null or state = $2)
   and ($3::timestamptz is null or ("createdAt", id) < ($3, $4::uuid))
 order by "createdAt" desc, id desc limit $5`;

const ONE = `select ${COLUMNS} from (${SEEN}) seen where id = $1`;

/** The newest first, of one producer. */
export async function listEndpoints(
  pool: Pool,
  apiKeyName: string,
  { state, after, limit }: { state: EndpointState | undefined; after: TimeCursor | undefined; limit: number },
): Promise<{ endpoints: EndpointRecord[]; next: TimeCursor | undefined }> {
  const { rows } = await pool.query<EndpointRecord & { cursorAt: string }>({
    ...LIST,
    values: [apiKeyName, state ?? null, after?.createdAt ?? null, after?.id ?? null, rowsFor(limit)],
  });
  const { page, last } = pageOf(rows, limit);
  return {
    endpoints: page.map(({ cursorAt: _cursor, ...endpoint }) => endpoint),
    next: last && { createdAt: last.cursorAt, id: last.id },
  };
}

const SET_STATE: Readonly<Record<EndpointState, string>> = {
  enabled: `
update callback_endpoints
   set state = 'enabled', disabled_why = null, disabled_at = null, failures = 0, failing_since = null,
       not_before = '-infinity' where id = $1 and state = 'disabled'`,
  disabled: `
update callback_endpoints set state = 'disabled', disabled_why = 'by-producer', disabled_at = now()
 where id = $1 and state = 'enabled'`,
};

const ENABLE_HOST = `
update callback_hosts
   set failures = 0, failing_since = null, not_before = '-infinity', disabled_at = null
 where api_key_name = $1 and host = $2`;

/** What is enabled: this endpoint, or with a disabled host all endpoints that it disabled. */
const ENABLED = `
select e.id from callback_endpoints e
 where e.id = $1 or ($2 and e.api_key_name = $3 and e.host = $4 and e.state = 'enabled')`;

/** The first of each order continues at once, with its whole schedule before it; the others follow in their order. */
const GO_ON = `
update callback_deliveries d set due_at = now(), free_attempts = d.attempts, claim_id = null
 where d.endpoint_id = any($1::uuid[]) and d.state = 'pending' and (d.claim_id is null or d.due_at <= now())
   and (d.is_redelivery or not exists (
        select from callback_deliveries earlier
         where earlier.order_id = d.order_id and earlier.event_id < d.event_id
           and earlier.state = 'pending' and not earlier.is_redelivery))`;

/**
 * Enables or disables an endpoint of a producer; one that is in that state already stays as it is. With an endpoint its
 * host is enabled.
 *
 * @returns the endpoint as it is now; undefined when the producer has none with this id
 */
export function setEndpointState(
  pool: Pool,
  apiKeyName: string,
  id: string,
  state: EndpointState,
): Promise<EndpointRecord | undefined> {
  return runTransaction(pool, async (client) => {
    const locked = await lockEndpoint(client, id, apiKeyName);
    if (locked === undefined) return undefined;
    const { host, isHostDisabled } = locked;
    const { rowCount: changed } = await client.query(SET_STATE[state], [id]);
    if (state === 'enabled' && (changed === 1 || isHostDisabled)) {
      await client.query(ENABLE_HOST, [apiKeyName, host]);
      const { rows } = await client.query<{ id: string }>(ENABLED, [id, isHostDisabled, apiKeyName, host]);
      const endpointIds = rows.map((row) => row.id);
      await client.query(GO_ON, [endpointIds]);
      await reschedule(client, { endpointIds, hosts: [locked] });
      // Whose end operators wait for: of what a producer disabled itself they were not notified.
      if (locked.disabledWhy !== 'by-producer') await notifyOperators(client, apiKeyName, locked);
    }
    const { rows } = await client.query<EndpointRecord>(ONE, [id]);
    return rows[0];
  });
}

async function notifyOperators(client: PoolClient, apiKeyName: string, { host }: { host: string }): Promise<void> {
  await noteOperatorEvent(client, {
    kind: 'callback.enabled',
    severity: 'info',
    message: `Callbacks of the producer "${apiKeyName}" to ${host} are enabled again, by the producer. What was kept is sent.`,
    details: { host, producer: apiKeyName },
  });
}
