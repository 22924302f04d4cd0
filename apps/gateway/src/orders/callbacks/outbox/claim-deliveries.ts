import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { runTransaction } from '../../../storage/transaction.js';
import type { CallbackEvent } from '../encode-event.js';
import { findFullProducers, shareSlots } from '../share-slots.js';
import { CLAIMED, HOST_COLUMNS, mostByHealth, reschedule, type CallbackHost } from './endpoint-limits.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement } from '../../../storage/statement.js';

/** The right to make one attempt, written down. */
export interface DeliveryClaim extends CallbackEvent, CallbackHost {
  readonly claimId: string;
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly orderId: string;
  readonly url: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Of these, the ones that do not count against the schedule. */
  readonly freeAttempts: number;
  /** The trace of its order (W3C Trace Context). */
  readonly traceparent: string | null;
}

/**
 * Of each producer the hosts that have waited longest, however many the others have waiting, without the rows that
 * another process has locked. The producers are found by steps along an index.
 */
const DUE_HOSTS = statement('due-hosts')`
with recursive producers as (
  select min(api_key_name) as name from callback_hosts where disabled_at is null
   union all
  select (select min(h.api_key_name) from callback_hosts h where h.disabled_at is null and h.api_key_name > p.name)
    from producers p where p.name is not null
)
select h.* from producers p
 cross join lateral (
       select h.api_key_name as "apiKeyName", h.host, ${mostByHealth('h')} as most from callback_hosts h
        where h.api_key_name = p.name and h.disabled_at is null and h.due_at <= now()
        order by h.due_at limit $1 for update skip locked) h
 where p.name <> all($2::text[])`;

interface DueHost extends CallbackHost {
  readonly most: number;
}

const DUE_HOSTS_GIVEN = new ColumnArrays<DueHost>({ ...HOST_COLUMNS, most: ['integer', ({ most }) => most] });

/** The endpoints to look at, with what is due there: first the first of each, then the second ones. */
const DUE_DELIVERIES = statement('due-deliveries')`
with ${CLAIMED}, given as (
  select h.*, greatest(h.most - (select count(*) from claimed c
           where c.api_key_name = h.api_key_name and c.host = h.host), 0)::integer as room
    from ${DUE_HOSTS_GIVEN.rowsAs('h')}
)
select h.api_key_name as "apiKeyName", h.host, h.room as "hostRoom", e.id as "endpointId", d.id as "deliveryId"
  from given h
 cross join lateral (
       select e.id, e.due_at,
              ${mostByHealth('e')} - (select count(*) from claimed c where c.endpoint_id = e.id) as room
         from callback_endpoints e
        where e.api_key_name = h.api_key_name and e.host = h.host and e.state = 'enabled' and e.due_at <= now()
        order by e.due_at limit h.room) e
  left join lateral (
       select d.id, row_number() over (order by d.due_at, d.event_id) as turn from callback_deliveries d
        where d.endpoint_id = e.id and d.state = 'pending' and d.due_at <= now()
        order by d.due_at, d.event_id limit greatest(e.room, 0)) d on true
 order by d.turn, e.due_at`;

/** A claim holds many hosts, so it waits for no delivery: one from which a person's data are being erased comes next time. */
const CLAIM = statement('claim-deliveries')`
with free as (
  select id from callback_deliveries where id = any($1::uuid[]) for update skip locked
), claimed as (
  update callback_deliveries d
     set claim_id = $2::uuid, attempts = d.attempts + 1, due_at = now() + $3 * interval '1 millisecond'
    from free f where d.id = f.id
  returning d.*
), noted as (
  insert into callback_attempts (delivery_id, number) select id, attempts from claimed
)
select claim_id as "claimId", c.id as "deliveryId", endpoint_id as "endpointId", order_id as "orderId",
       e.api_key_name as "apiKeyName", e.host, c.url, attempts as attempt, free_attempts as "freeAttempts", type, at,
       snapshot, metadata::text as metadata, ticket_id as "ticketId", ticket_status as "ticketStatus",
       (select o.traceparent from orders o where o.id = c.order_id)
  from claimed c join callback_endpoints e on e.id = c.endpoint_id`;

interface DueDelivery extends CallbackHost {
  /** How many attempts may be added there. */
  readonly hostRoom: number;
  readonly endpointId: string;
  /** Null where nothing is due. */
  readonly deliveryId: string | null;
}

export interface ClaimOptions {
  /** Attempts that this process may have in progress at once. */
  readonly slots: number;
  /** Where those go that it has. */
  readonly underWay: readonly CallbackHost[];
  readonly leaseMs: number;
}

/**
 * Takes deliveries that are due, as many as the process has slots for, shared out between producers and their hosts.
 * The attempt is recorded before it is made. Until the lease ends no other process makes one; after it another does,
 * because the first is considered dead.
 */
export async function claimDeliveries(pool: Pool, options: ClaimOptions): Promise<DeliveryClaim[]> {
  if (options.underWay.length >= options.slots) return [];
  return await runTransaction(pool, (client) => claim(client, options));
}

async function claim(client: PoolClient, { slots, underWay, leaseMs }: ClaimOptions): Promise<DeliveryClaim[]> {
  const { rows: hosts } = await client.query<DueHost>({
    ...DUE_HOSTS,
    values: [slots - underWay.length, findFullProducers(underWay, slots)],
  });
  if (hosts.length === 0) return [];
  const { rows: due } = await client.query<DueDelivery>({
    ...DUE_DELIVERIES,
    values: DUE_HOSTS_GIVEN.of(hosts),
  });
  const candidates = due.filter(({ deliveryId }) => deliveryId !== null);
  const chosen = shareSlots(candidates, underWay, slots).map(({ deliveryId }) => deliveryId);
  const { rows: claims } = await client.query<DeliveryClaim>({
    ...CLAIM,
    values: [chosen, randomUUID(), leaseMs],
  });
  await reschedule(client, { endpointIds: [...new Set(due.map(({ endpointId }) => endpointId))], hosts });
  return claims;
}
