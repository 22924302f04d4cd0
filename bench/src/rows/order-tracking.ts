import { setTimeout as delay } from 'node:timers/promises';
import { queryOnce } from '../harness/databases.js';
import type { Contestant } from '../harness/contestant.js';
import { GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { median } from '../statistics.js';
import { countsOf, delaysOf, postOrder } from './new-orders.js';
import { VESTIBULE, type Measurement, type Row, type Environment } from './row.js';

/** Paid orders, all of which should have been asked about by now. */
const OPEN = 100_000;
const RATE = 200;
const WARM_UP_MS = 3_000;
const MEASURE_SECS = 20;
/** How often a producer posts a new order during the run. */
const POST_EVERY_MS = 2_000;
/** The latest a new order may reach the partner. */
const SENT_WITHIN_MS = 1_000;
/** How far the calls may be above the rate: what a window of that length catches of places taken before it. */
const MOST_OF_RATE = 1.02;

/**
 * How fully tracking uses what the rate allows while there is far more to ask than that, and how long an order waits
 * that is posted during the run. More calls than the rate, or an order that is sent too late, end the run.
 */
export const orderTracking: Row = {
  name: 'order-tracking',
  needsRedis: false,
  rivals: [{ name: 'the rate', goal: 0.98 }],
  rounds: 3,
  prepare,
};

async function prepare({ databases, programs }: Environment): Promise<Record<string, () => Promise<Measurement>>> {
  const databaseUrl = await databases.create('tracking');
  await programs.stop(await programs.serve('vestibule', GATEWAY, gatewayEnv('orders', databaseUrl), 'INTERNAL_PORT'));
  // It has made the tables.
  await fill(databaseUrl);
  const partner = await programs.serve('tracking-partner', 'src/tracking-partner.js', {});
  const env = {
    ...gatewayEnv('orders,worker', databaseUrl),
    TROIKA_URL: `http://127.0.0.1:${partner.port}/`,
    TROIKA_RATE_PER_SECOND: String(RATE),
    TROIKA_CONCURRENCY: '64',
  };
  const gateway = await programs.serve('vestibule', GATEWAY, env, 'INTERNAL_PORT');
  await delay(WARM_UP_MS);
  return {
    [VESTIBULE]: () => measure(gateway, partner),
    'the rate': () => Promise.resolve({ perSecond: RATE, details: {} }),
  };
}

async function fill(databaseUrl: string): Promise<void> {
  await queryOnce(
    databaseUrl,
    `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, troika_order_id)
     select gen_random_uuid(), 'shop', n::text, '', '{}', 'confirmed', n::text from generate_series(1, ${OPEN}) n`,
  );
  await queryOnce(
    databaseUrl,
    `insert into order_tracks (order_id, due_at) select id, now() - random() * interval '1 hour' from orders`,
  );
  await queryOnce(databaseUrl, 'vacuum analyze orders, order_tracks');
}

async function measure(gateway: Contestant, partner: Contestant): Promise<Measurement> {
  const before = await countsOf(partner);
  const posted = new Map<string, number>();
  const ends = Date.now() + MEASURE_SECS * 1_000;
  while (Date.now() + POST_EVERY_MS < ends) {
    await delay(POST_EVERY_MS * (0.75 + 0.5 * Math.random()));
    const card = String(before.at % 1_000_000).padStart(6, '0') + String(posted.size).padStart(4, '0');
    posted.set(card, Date.now());
    await postOrder(gateway, card);
  }
  await delay(Math.max(0, ends - Date.now()));
  const after = await countsOf(partner);
  const seconds = (after.at - before.at) / 1_000;
  const polls = after.polls - before.polls;
  const delays = await delaysOf(partner, posted);
  const ofRate = (polls + posted.size) / (RATE * seconds);
  if (ofRate > MOST_OF_RATE) throw new Error(`${polls + posted.size} calls in ${seconds} s are above ${RATE}/s`);
  const slowestMs = Math.max(...delays);
  if (slowestMs > SENT_WITHIN_MS) throw new Error(`an order posted during the run was sent after ${slowestMs} ms`);
  return {
    perSecond: polls / seconds,
    details: { polls, seconds, pollsOfRate: polls / (RATE * seconds), sentP50Ms: median(delays), sentMaxMs: slowestMs },
  };
}
