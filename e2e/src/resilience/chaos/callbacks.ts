import { setTimeout as delay } from 'node:timers/promises';
import { startNameServer, type NameServer } from '../../../servers/name-server.mjs';
import { startCallbackReceiver, type CallbackReceiver } from '../../harness/callback-receiver.js';
import { queryLedger } from './evidence.js';

/** The name of the receiver that only our name server knows. */
const NAME = 'receiver.example.com';
/** Shorter than the faults, so that these are noticed; attempts enough to outlive them all. */
const TIMEOUT_MS = 2_000;
const SCHEDULE_SECS = Array.from({ length: 1_000 }, () => '0.5').join(',');
const POLL_MS = 500;

/** Where the callbacks of a run go, and what can happen there. */
export interface CallbackTargets {
  /** For the gateways that call them. */
  readonly env: Readonly<Record<string, string>>;
  readonly receiver: CallbackReceiver;
  /** The address for an order: half of the orders have one of their own, under a name. */
  urlFor(index: number): string;
  /** For so long the receiver takes calls and answers none. */
  hang(forMs: number): Promise<void>;
  /** For so long the name server says nothing about the receiver. */
  silenceNames(forMs: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startCallbackTargets(): Promise<CallbackTargets> {
  const [receiver, nameServer]: [CallbackReceiver, NameServer] = await Promise.all([
    startCallbackReceiver([NAME]),
    startNameServer({ [NAME]: ['127.0.0.1'] }),
  ]);
  const byName = receiver.url.replace('127.0.0.1', NAME);
  return {
    env: {
      ...receiver.env,
      CALLBACK_DNS_SERVERS: nameServer.address,
      CALLBACK_TIMEOUT_MS: String(TIMEOUT_MS),
      CALLBACK_SCHEDULE_SECS: SCHEDULE_SECS,
    },
    receiver,
    urlFor: (index) => (index % 2 === 0 ? receiver.url : `${byName}?order=${index}`),
    hang: async (forMs) => {
      receiver.answer = () => 0;
      await delay(forMs);
      receiver.answer = () => 204;
    },
    silenceNames: async (forMs) => {
      nameServer.names[NAME] = 'silent';
      await delay(forMs);
      nameServer.names[NAME] = ['127.0.0.1'];
    },
    stop: async () => void (await Promise.all([receiver.close(), nameServer.close()])),
  };
}

/** One callback of each host that waits: a producer whose receiver is back asks for it, which ends the host's pause. */
const WAITING = `
select distinct on (e.host) 'evt_' || replace(d.id::text, '-', '') as id
  from callback_deliveries d join callback_endpoints e on e.id = d.endpoint_id
 where d.state = 'pending' and d.claim_id is null and d.due_at is not null order by e.host, d.event_id`;
const LEFT = `select count(*)::int as count from callback_deliveries where state = 'pending'`;

/**
 * Waits until every callback has come to an end, once receiver and name server are well.
 *
 * @returns how many have not within the limit
 */
export async function untilDelivered(
  databaseUrl: string,
  { urls, secret, limitMs }: { urls: () => readonly string[]; secret: string; limitMs: number },
): Promise<number> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const [left] = await queryLedger<{ count: number }>(databaseUrl, LEFT);
    if (left?.count === 0 || Date.now() > deadline) return left?.count ?? 0;
    const [url] = urls();
    for (const { id } of await queryLedger<{ id: string }>(databaseUrl, WAITING)) {
      await fetch(`${url}/callbacks/deliveries/${id}/redeliver`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
      }).catch(() => undefined);
    }
    await delay(POLL_MS);
  }
}

const DELIVERED = `
select 'evt_' || replace(id::text, '-', '') as id from callback_deliveries where state = 'delivered'`;
/** Neither delivered nor at an address of which the operators know that it is disabled. */
const STUCK = `
select count(*)::int as count from callback_deliveries d join callback_endpoints e on e.id = d.endpoint_id
 where d.state <> 'delivered' and not exists (
       select from operator_events o
        where o.kind = 'callback.disabled' and o.details ->> 'producer' = e.api_key_name
          and (o.details ->> 'endpointId' = e.id::text or o.details ->> 'host' = e.host))`;

export interface CallbackEvidence {
  readonly delivered: number;
  readonly stuck: number;
  /** One sentence for everything that is wrong. */
  readonly faults: readonly string[];
}

/** Compares what the outbox says with what the receiver has taken. */
export async function auditCallbacks(databaseUrl: string, { receiver }: CallbackTargets): Promise<CallbackEvidence> {
  const delivered = await queryLedger<{ id: string }>(databaseUrl, DELIVERED);
  const [stuck] = await queryLedger<{ count: number }>(databaseUrl, STUCK);
  const taken = new Set(receiver.calls.filter(({ status }) => status === 204).map(({ id }) => id));
  const invented = delivered.filter(({ id }) => !taken.has(id));
  const stuckCount = stuck?.count ?? 0;
  return {
    delivered: delivered.length,
    stuck: stuckCount,
    faults: [
      ...invented.map(({ id }) => `callback ${id} counts as delivered, and its receiver has not taken it`),
      ...(stuckCount === 0 ? [] : [`stuck: ${stuckCount} callbacks are not delivered, and it was not reported`]),
    ],
  };
}
