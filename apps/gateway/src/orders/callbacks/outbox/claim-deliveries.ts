import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { runTransaction } from '../../../storage/transaction.js';
import type { CallbackEvent } from '../encode-event.js';
import { MOST_BY_HEALTH, rescheduleEndpoints } from './endpoint-limits.js';

/** The right to make one attempt, written down. */
export interface DeliveryClaim extends CallbackEvent {
  readonly claimId: string;
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly orderId: string;
  readonly apiKeyName: string;
  readonly url: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Of these, the ones that do not count against the schedule. */
  readonly freeAttempts: number;
}

/** The one that has waited longest comes first; one that somebody else looks at now is theirs. */
const DUE_ENDPOINTS = `
select e.id, ${MOST_BY_HEALTH} as most from callback_endpoints e
 where e.state = 'enabled' and e.due_at <= now() order by e.due_at limit $1 for update skip locked`;

const CLAIM = `
with chosen as (
  select d.id
    from unnest($1::uuid[], $2::integer[]) with ordinality as e (id, most, position)
   cross join lateral (
         select count(*) as count from callback_deliveries d
          where d.endpoint_id = e.id and d.claim_id is not null and d.due_at > now()) busy
   cross join lateral (
         select d.id, row_number() over (order by d.due_at, d.event_id) as turn from callback_deliveries d
          where d.endpoint_id = e.id and d.state = 'pending' and d.due_at <= now()
          order by d.due_at, d.event_id limit greatest(e.most - busy.count, 0)) d
   order by d.turn, e.position limit $3
), claimed as (
  update callback_deliveries d
     set claim_id = $4::uuid, attempts = d.attempts + 1, due_at = now() + $5 * interval '1 millisecond'
    from chosen c where d.id = c.id
  returning d.*
), noted as (
  insert into callback_attempts (delivery_id, number) select id, attempts from claimed
)
select claim_id as "claimId", id as "deliveryId", endpoint_id as "endpointId", order_id as "orderId",
       api_key_name as "apiKeyName", url, attempts as attempt, free_attempts as "freeAttempts", type, at, snapshot,
       metadata::text as metadata, ticket_id as "ticketId", ticket_status as "ticketStatus"
  from claimed`;

/**
 * Takes deliveries that are due, a few of each endpoint, so that one with many does not stand before the others. The
 * attempt is written down before it is made. Until the lease ends no one else makes one; after it, somebody does: who
 * had the claim is taken for dead.
 *
 * @param room how many at most
 */
export function claimDeliveries(
  pool: Pool,
  { room, leaseMs }: { room: number; leaseMs: number },
): Promise<DeliveryClaim[]> {
  return runTransaction(pool, async (client) => {
    const { rows: endpoints } = await client.query<{ id: string; most: number }>({
      name: 'due-endpoints',
      text: DUE_ENDPOINTS,
      values: [room],
    });
    if (endpoints.length === 0) return [];
    const ids = endpoints.map(({ id }) => id);
    const { rows: claims } = await client.query<DeliveryClaim>({
      name: 'claim-deliveries',
      text: CLAIM,
      values: [ids, endpoints.map(({ most }) => most), room, randomUUID(), leaseMs],
    });
    await rescheduleEndpoints(client, ids);
    return claims;
  });
}
