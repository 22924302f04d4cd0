import { pageOf, rowsFor } from '../../../storage/page.js';
import type { Pool } from 'pg';
import type { TimeCursor } from '../../../http/page-query.js';
import { runTransaction } from '../../../storage/transaction.js';
import { rescheduleEndpoints } from './endpoint-limits.js';

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** An address of a producer, as the API gives it. */
export interface EndpointRecord {
  readonly id: string;
  readonly url: string;
  readonly state: EndpointState;
  /** `gone` it answered 410; `failing` nothing reached it for days; `by-producer`. Null while enabled. */
  readonly disabledWhy: 'gone' | 'failing' | 'by-producer' | null;
  readonly disabledAt: Date | null;
  /** In a row, up to now. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  /** Deliveries that wait for it. */
  readonly pending: number;
  readonly createdAt: Date;
}

const COLUMNS = `e.id, e.url, e.state, e.disabled_why as "disabledWhy", e.disabled_at as "disabledAt", e.failures,
  e.failing_since as "failingSince", e.last_success_at as "lastSuccessAt", e.last_failure_at as "lastFailureAt",
  (select count(*)::int from callback_deliveries d where d.endpoint_id = e.id and d.state = 'pending') as pending,
  e.created_at as "createdAt"`;

const LIST = `
select ${COLUMNS}, to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorAt"
  from callback_endpoints e
 where e.api_key_name = $1 and ($2::text is null or e.state = $2)
   and ($3::timestamptz is null or (e.created_at, e.id) < ($3, $4::uuid))
 order by e.created_at desc, e.id desc limit $5`;

/** The newest first, of one producer. */
export async function listEndpoints(
  pool: Pool,
  apiKeyName: string,
  { state, after, limit }: { state: EndpointState | undefined; after: TimeCursor | undefined; limit: number },
): Promise<{ endpoints: EndpointRecord[]; next: TimeCursor | undefined }> {
  const { rows } = await pool.query<EndpointRecord & { cursorAt: string }>({
    name: 'list-endpoints',
    text: LIST,
    values: [apiKeyName, state ?? null, after?.createdAt ?? null, after?.id ?? null, rowsFor(limit)],
  });
  const { page, last } = pageOf(rows, limit);
  return {
    endpoints: page.map(({ cursorAt: _cursor, ...endpoint }) => endpoint),
    next: last && { createdAt: last.cursorAt, id: last.id },
  };
}

const LOCK = 'select id from callback_endpoints where id = $1 and api_key_name = $2 for update';
const SET_STATE: Readonly<Record<EndpointState, string>> = {
  enabled: `
update callback_endpoints
   set state = 'enabled', disabled_why = null, disabled_at = null, failures = 0, failing_since = null,
       not_before = '-infinity' where id = $1 and state = 'disabled'`,
  disabled: `
update callback_endpoints set state = 'disabled', disabled_why = 'by-producer', disabled_at = now()
 where id = $1 and state = 'enabled'`,
};

/** The first of each order continues at once, with its whole schedule before it; the others follow in their order. */
const GO_ON = `
update callback_deliveries d set due_at = now(), free_attempts = d.attempts, claim_id = null
 where d.endpoint_id = $1 and d.state = 'pending' and (d.claim_id is null or d.due_at <= now())
   and (d.is_redelivery or not exists (
        select from callback_deliveries earlier
         where earlier.order_id = d.order_id and earlier.event_id < d.event_id
           and earlier.state = 'pending' and not earlier.is_redelivery))`;

/**
 * Enables or disables an endpoint of a producer; one that is in that state already stays as it is.
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
    const { rowCount } = await client.query(LOCK, [id, apiKeyName]);
    if (rowCount === 0) return undefined;
    const { rowCount: changed } = await client.query(SET_STATE[state], [id]);
    if (state === 'enabled' && changed === 1) {
      await client.query(GO_ON, [id]);
      await rescheduleEndpoints(client, [id]);
    }
    const { rows } = await client.query<EndpointRecord>(`select ${COLUMNS} from callback_endpoints e where id = $1`, [
      id,
    ]);
    return rows[0];
  });
}
