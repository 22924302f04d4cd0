import type { Pool, PoolClient } from 'pg';
import { noteOperatorEvent } from '../../../operator-events/operator-events.js';
import { runTransaction } from '../../../storage/transaction.js';
import type { DeliveryVerdict } from '../delivery-verdict.js';
import type { DeliveryClaim } from './claim-deliveries.js';
import { lockEndpoint, pauseAfterFailure, reschedule } from './endpoint-limits.js';

const ATTEMPT = `
update callback_attempts
   set ended_at = now(), outcome = $3, http_status = $4, detail = $5, duration_ms = $6
 where delivery_id = $1 and number = $2`;

/** A worker whose lease has ended may still report a success: it counts, and saves the next attempt. */
const DELIVERY = `
update callback_deliveries
   set state = $3, claim_id = null, due_at = case when $3 = 'pending' then now() + $4 * interval '1 millisecond' end,
       settled_at = case when $3 <> 'pending' then now() end
 where id = $1 and (claim_id = $2 or ($3 = 'delivered' and state = 'pending'))`;

const NEXT_OF_ORDER = `
update callback_deliveries set due_at = greatest(now(), at + $2 * interval '1 second')
 where due_at is null and id = (
       select id from callback_deliveries
        where order_id = $1 and state = 'pending' and not is_redelivery and endpoint_id is not null
        order by event_id limit 1)`;

const SUCCEEDED = `
update callback_endpoints
   set failures = 0, failing_since = null, last_success_at = now(), not_before = '-infinity' where id = $1`;

const FAILED = `
update callback_endpoints e
   set failures = e.failures + 1, failing_since = coalesce(e.failing_since, now()), last_failure_at = now(),
       not_before = greatest(e.not_before, now() + $2 * interval '1 millisecond', ${pauseAfterFailure('e')})
 where e.id = $1`;

const HOST_ANSWERED = `
update callback_hosts set failures = 0, failing_since = null, not_before = '-infinity'
 where api_key_name = $1 and host = $2 and failures > 0`;

const HOST_SILENT = `
update callback_hosts h
   set failures = h.failures + 1, failing_since = coalesce(h.failing_since, now()),
       not_before = greatest(h.not_before, ${pauseAfterFailure('h')})
 where h.api_key_name = $1 and h.host = $2`;

const DISABLE_HOST = `
update callback_hosts set disabled_at = now()
 where api_key_name = $1 and host = $2 and disabled_at is null and failing_since < now() - $3 * interval '1 second'
returning failing_since as "failingSince", failures`;

const DISABLE = `
update callback_endpoints
   set state = 'disabled', disabled_at = now(), disabled_why = case when $2 then 'gone' else 'failing' end
 where id = $1 and state = 'enabled' and ($2 or failing_since < now() - $3 * interval '1 second')
returning failing_since as "failingSince", failures`;

/** How an attempt ended. */
export interface DeliverySettlement {
  readonly claim: DeliveryClaim;
  readonly verdict: DeliveryVerdict;
  readonly durationMs: number;
}

export interface SettlementRules {
  /** For how long an address may do nothing but fail. */
  readonly disableAfterSecs: number;
  /** From an event to its first attempt. */
  readonly firstDelaySecs: number;
}

/** Further results of the settlement. */
export interface Settled {
  /** The address was disabled just now, alone or with its host. */
  readonly isDisabled: boolean;
}

interface Disabled {
  readonly failingSince: Date;
  readonly failures: number;
}

/**
 * Records how an attempt ended, in one transaction: the delivery, the next event of its order, the health of its
 * address and its host, and the operator event when these are disabled. Safe to repeat: a claim is settled once.
 */
export function settleDelivery(pool: Pool, settlement: DeliverySettlement, rules: SettlementRules): Promise<Settled> {
  const { claim, verdict, durationMs } = settlement;
  const { deliveryId, endpointId } = claim;
  return runTransaction(pool, async (client) => {
    const run = (text: string, values: unknown[]) => client.query(text, values);
    await lockEndpoint(client, endpointId);
    const { outcome, httpStatus, detail, state, retryInMs, pauseMs } = verdict;
    await run(ATTEMPT, [deliveryId, claim.attempt, outcome, httpStatus, detail, durationMs]);
    const { rowCount } = await run(DELIVERY, [deliveryId, claim.claimId, state, retryInMs]);
    // Settled before, or claimed by another process.
    if (rowCount === 0) return { isDisabled: false };
    if (state !== 'pending') await run(NEXT_OF_ORDER, [claim.orderId, rules.firstDelaySecs]);
    if (state === 'delivered') await run(SUCCEEDED, [endpointId]);
    else await run(FAILED, [endpointId, pauseMs]);
    const isDisabled = await settleHealth(client, claim, verdict, rules.disableAfterSecs);
    await reschedule(client, { endpointIds: [endpointId], hosts: [claim] });
    return { isDisabled };
  });
}

/** Any answer shows that the host is up; without an attempt its state is unknown. */
async function settleHealth(
  client: PoolClient,
  claim: DeliveryClaim,
  { outcome, reach, state }: DeliveryVerdict,
  afterSecs: number,
): Promise<boolean> {
  const { apiKeyName, endpointId, host } = claim;
  if (reach === 'answered') await client.query(HOST_ANSWERED, [apiKeyName, host]);
  if (state === 'delivered') return false;
  if (reach === 'silent') {
    await client.query(HOST_SILENT, [apiKeyName, host]);
    const { rows } = await client.query<Disabled>(DISABLE_HOST, [apiKeyName, host, afterSecs]);
    if (rows[0] !== undefined) {
      await notifyOperators(client, claim, rows[0], {
        where: `to ${host}, all its addresses,`,
        cause: `nothing there has answered since ${rows[0].failingSince.toISOString()}`,
        why: 'failing',
      });
      return true;
    }
  }
  const isGone = outcome === 'gone';
  const { rows } = await client.query<Disabled>(DISABLE, [endpointId, isGone, afterSecs]);
  const [disabled] = rows;
  if (disabled === undefined) return false;
  const cause = isGone ? 'it answered 410 Gone' : `nothing reached it since ${disabled.failingSince.toISOString()}`;
  const where = `to one address (${host})`;
  await notifyOperators(client, claim, disabled, { where, cause, why: isGone ? 'gone' : 'failing' });
  return true;
}

async function notifyOperators(
  client: PoolClient,
  { apiKeyName, endpointId, host }: DeliveryClaim,
  { failures }: Disabled,
  { where, cause, why }: { where: string; cause: string; why: 'gone' | 'failing' },
): Promise<void> {
  await noteOperatorEvent(client, {
    kind: 'callback.disabled',
    severity: 'warning',
    message:
      `Callbacks of the producer "${apiKeyName}" ${where} are disabled: ${cause}. ` +
      'They are kept; the producer enables the address again with POST /callbacks/endpoints/{id}/enable.',
    details: { endpointId, host, producer: apiKeyName, why, failures },
  });
}
