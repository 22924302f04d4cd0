import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from '../harness/contestant.js';
import { ORDERS_KEY } from '../harness/gateway.js';
import type { PartnerCounts } from '../tracking-partner.js';

const LIMIT_MS = 10_000;

/** What the partner has counted so far. */
export async function countsOf({ port }: Contestant): Promise<PartnerCounts> {
  return (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as PartnerCounts;
}

/** Posts an order, which is identified by the number of its card. */
export async function postOrder({ port }: Contestant, cardNumber: string, callbackUrl?: string): Promise<void> {
  const line = { cardNumber, currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' };
  const response = await fetch(`http://127.0.0.1:${port}/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ORDERS_KEY.secret}`,
      'idempotency-key': `card-${cardNumber}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ order: { orderData: [line], phone: '+71044826548' }, callbackUrl }),
  });
  if (response.status !== 202) throw new Error(`an order was answered with ${response.status}`);
}

/**
 * From the moment a producer posts until the partner has the order, in milliseconds.
 *
 * @param posted when, by the card's number
 */
export async function delaysOf(partner: Contestant, posted: ReadonlyMap<string, number>): Promise<number[]> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const { sent } = await countsOf(partner);
    const delays = [...posted].flatMap(([card, at]) => (sent[card] === undefined ? [] : [sent[card] - at]));
    if (delays.length === posted.size) return delays;
    if (Date.now() > deadline)
      throw new Error(`of ${posted.size} orders posted during the run ${delays.length} were sent`);
    await delay(50);
  }
}
