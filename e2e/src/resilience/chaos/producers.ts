import { setTimeout as delay } from 'node:timers/promises';
import type { Acknowledged } from './audit.js';
import { seededRandom } from './random.js';

export interface ProducerOptions {
  readonly orders: number;
  readonly producers: number;
  readonly seed: number;
  /** How long all of it takes when nothing is in the way. */
  readonly spanMs: number;
  readonly secret: string;
  /** Where the callbacks of an order go. */
  readonly callbackUrlFor: (index: number) => string;
  /** Where a gateway takes orders at the moment. */
  readonly urls: () => readonly string[];
  readonly onAcknowledged: (acknowledged: Acknowledged) => void;
}

const CALL_LIMIT_MS = 10_000;
const RETRY_MS = 100;

/** Ten digits, another for each order: by it the stand-in's executions are matched with the ledger. */
export function cardNumberOf(index: number): string {
  return String(index).padStart(10, '0');
}

const KEY_PREFIX = 'chaos-';

function keyOf(index: number): string {
  return `${KEY_PREFIX}${index}`;
}

function indexOf(key: string): number {
  return Number(key.slice(KEY_PREFIX.length));
}

/** The card of the order that was posted under a key. */
export function cardNumberOfKey(key: string): string {
  return cardNumberOf(indexOf(key));
}

/** Posts every order, each under one Idempotency-Key until it is acknowledged, through all kills. */
export async function produce(options: ProducerOptions): Promise<void> {
  const { orders, producers, seed, spanMs } = options;
  const pauseMs = (spanMs * producers) / orders;
  let next = 0;
  const work = Array.from({ length: producers }, async (_, producer) => {
    const random = seededRandom(seed * 1_000 + producer);
    while (next < orders) {
      const index = next;
      next += 1;
      await acknowledge(index, random, options);
      await delay(pauseMs * 2 * random());
    }
  });
  await Promise.all(work);
}

/** Posts orders again under their keys: the ledger has lost them, and no journal has an attempt. */
export async function produceAgain(
  keys: readonly string[],
  options: Omit<ProducerOptions, 'orders' | 'producers' | 'spanMs'>,
): Promise<void> {
  const random = seededRandom(options.seed);
  for (const key of keys) await acknowledge(indexOf(key), random, options);
}

async function acknowledge(
  index: number,
  random: () => number,
  options: Pick<ProducerOptions, 'urls' | 'secret' | 'callbackUrlFor' | 'onAcknowledged'>,
): Promise<void> {
  const idempotencyKey = keyOf(index);
  for (;;) {
    const urls = options.urls();
    const url = urls[Math.floor(random() * urls.length)];
    const orderId = url === undefined ? undefined : await post(url, index, idempotencyKey, options);
    if (orderId !== undefined) {
      options.onAcknowledged({ idempotencyKey, orderId });
      return;
    }
    await delay(RETRY_MS);
  }
}

/** @returns the order's id, or undefined when it is not acknowledged and must be posted again */
async function post(
  url: string,
  index: number,
  key: string,
  { secret, callbackUrlFor }: Pick<ProducerOptions, 'secret' | 'callbackUrlFor'>,
): Promise<string | undefined> {
  const line = { cardNumber: cardNumberOf(index), currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' };
  let response: Response;
  try {
    response = await fetch(`${url}/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'idempotency-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({
        order: { orderData: [line], phone: '+71044826548' },
        callbackUrl: callbackUrlFor(index),
      }),
      signal: AbortSignal.timeout(CALL_LIMIT_MS),
    });
    if (response.status === 202) return ((await response.json()) as { id: string }).id;
  } catch {
    // The gateway was killed during the call: the next post shows whether the order is on disk.
    return undefined;
  }
  if (response.status < 500) throw new Error(`POST /orders answered ${response.status}: ${await response.text()}`);
  return undefined;
}
