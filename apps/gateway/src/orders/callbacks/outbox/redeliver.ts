import type { Pool } from 'pg';
import { runTransaction } from '../../../storage/transaction.js';
import { lockEndpoint, reschedule } from './endpoint-limits.js';

export type Redelivery = 'scheduled' | 'not-found' | 'endpoint-disabled';

const FIND = `select endpoint_id as "endpointId" from callback_deliveries where id = $1 and api_key_name = $2`;

/** One that is settled goes again; one that waits for its next attempt gets it now. */
const AGAIN = `
update callback_deliveries
   set is_redelivery = is_redelivery or state <> 'pending', state = 'pending', due_at = now(), claim_id = null,
       free_attempts = attempts, settled_at = null
 where id = $1 and (state <> 'pending' or (due_at is not null and (claim_id is null or due_at <= now())))`;

/** The pause of an address that fails ends with its producer's request: it says that the address is back. */
const NO_PAUSE = `
with endpoint as (update callback_endpoints set not_before = '-infinity' where id = $1 returning api_key_name, host)
update callback_hosts h set not_before = '-infinity' from endpoint e
 where h.api_key_name = e.api_key_name and h.host = e.host`;

/**
 * Has a delivery sent now, under the webhook-id it had. One that waits for an earlier event of its order continues
 * waiting, one that is in progress is left to that.
 */
export function redeliver(pool: Pool, apiKeyName: string, id: string): Promise<Redelivery> {
  return runTransaction(pool, async (client) => {
    const { rows } = await client.query<{ endpointId: string | null }>(FIND, [id, apiKeyName]);
    const [found] = rows;
    if (found === undefined) return 'not-found';
    const { endpointId } = found;
    // Not assigned yet: it is about to be sent anyway.
    if (endpointId === null) return 'scheduled';
    const locked = await lockEndpoint(client, endpointId);
    if (locked?.state !== 'enabled' || locked.isHostDisabled) return 'endpoint-disabled';
    await client.query(AGAIN, [id]);
    await client.query(NO_PAUSE, [endpointId]);
    await reschedule(client, { endpointIds: [endpointId], hosts: [locked] });
    return 'scheduled';
  });
}
