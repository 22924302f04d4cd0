import type { Pool, PoolClient } from 'pg';
import { noteOperatorEvent } from '../../../operator-events/operator-events.js';
import { runTransaction } from '../../../storage/transaction.js';
import type { DeliveryVerdict } from '../delivery-verdict.js';
import type { DeliveryClaim } from './claim-deliveries.js';
import { FAILING_AFTER, rescheduleEndpoints } from './endpoint-limits.js';

/** How long a failing address is left alone: twice as long each time, a minute at most. */
const MOST_PAUSE_SECS = 60;

const LOCK = `select state from callback_endpoints where id = $1 for update`;

const ATTEMPT = `
update callback_attempts
   set ended_at = now(), outcome = $3, http_status = $4, detail = $5, duration_ms = $6
 where delivery_id = $1 and number = $2`;

/** Whose lease has ended may still report a success: it is one, and saves the next attempt. */
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
       not_before = greatest(e.not_before, now() + $2 * interval '1 millisecond',
         case when e.failures + 1 >= ${FAILING_AFTER} then now() + (0.8 + 0.4 * random()) * interval '1 second'
           * least(2 ^ least(e.failures + 1 - ${FAILING_AFTER}, 10), ${MOST_PAUSE_SECS}) end)
 where e.id = $1`;

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

/** What else came of it. */
export interface Settled {
  /** The address was disabled just now. */
  readonly isDisabled: boolean;
}

/**
 * Writes down how an attempt ended, in one transaction: the delivery, the next event of its order, the health of its
 * address, and the word to operators when that is disabled. Safe to repeat: a claim is settled once.
 */
export function settleDelivery(pool: Pool, settlement: DeliverySettlement, rules: SettlementRules): Promise<Settled> {
  const { claim, verdict, durationMs } = settlement;
  const { deliveryId, endpointId } = claim;
  return runTransaction(pool, async (client) => {
    const run = (text: string, values: unknown[]) => client.query(text, values);
    await run(LOCK, [endpointId]);
    const { outcome, httpStatus, detail, state, retryInMs, pauseMs } = verdict;
    await run(ATTEMPT, [deliveryId, claim.attempt, outcome, httpStatus, detail, durationMs]);
    const { rowCount } = await run(DELIVERY, [deliveryId, claim.claimId, state, retryInMs]);
    // Settled before, or somebody else's by now.
    if (rowCount === 0) return { isDisabled: false };
    if (state !== 'pending') await run(NEXT_OF_ORDER, [claim.orderId, rules.firstDelaySecs]);
    let isDisabled = false;
    if (state === 'delivered') await run(SUCCEEDED, [endpointId]);
    else {
      await run(FAILED, [endpointId, pauseMs]);
      isDisabled = await disable(client, claim, outcome === 'gone', rules.disableAfterSecs);
    }
    await rescheduleEndpoints(client, [endpointId]);
    return { isDisabled };
  });
}

async function disable(client: PoolClient, claim: DeliveryClaim, isGone: boolean, afterSecs: number): Promise<boolean> {
  const { apiKeyName, endpointId } = claim;
  const { rows } = await client.query<{ failingSince: Date; failures: number }>(DISABLE, [
    endpointId,
    isGone,
    afterSecs,
  ]);
  const [disabled] = rows;
  if (disabled === undefined) return false;
  const why = isGone ? 'it answered 410 Gone' : `nothing reached it since ${disabled.failingSince.toISOString()}`;
  await noteOperatorEvent(client, {
    kind: 'callback.disabled',
    severity: 'warning',
    message:
      `Callbacks of the producer "${apiKeyName}" to one address (${new URL(claim.url).host}) are disabled: ${why}. ` +
      'They are kept; the producer enables the address again with POST /callbacks/endpoints/{id}/enable.',
    details: { endpointId, producer: apiKeyName, why: isGone ? 'gone' : 'failing', failures: disabled.failures },
  });
  return true;
}
