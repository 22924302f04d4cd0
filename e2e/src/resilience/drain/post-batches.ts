import { cardNumberOf } from '../chaos/producers.js';

const BATCH = 200;
const PRODUCERS = 4;

/** Posts so many orders, each for its own card, in batches; fails unless every one is accepted. */
export async function postBatches(internalUrl: string, orders: number): Promise<void> {
  let next = 0;
  const work = Array.from({ length: PRODUCERS }, async () => {
    while (next < orders) {
      const first = next;
      next = Math.min(next + BATCH, orders);
      await postBatch(internalUrl, first, next);
    }
  });
  await Promise.all(work);
}

async function postBatch(internalUrl: string, first: number, end: number): Promise<void> {
  const entries = Array.from({ length: end - first }, (_, offset) => {
    const cardNumber = cardNumberOf(first + offset);
    const line = { cardNumber, currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' };
    return { idempotencyKey: `drain-${first + offset}`, order: { orderData: [line], phone: '+71044826548' } };
  });
  const response = await fetch(`${internalUrl}/orders/batch`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-orders-key', 'content-type': 'application/json' },
    body: JSON.stringify({ orders: entries }),
  });
  if (response.status !== 200)
    throw new Error(`POST /orders/batch answered ${response.status}: ${await response.text()}`);
  const { outcomes } = (await response.json()) as { outcomes: readonly { readonly status: number }[] };
  const refused = outcomes.find(({ status }) => status !== 202);
  if (refused !== undefined) throw new Error(`an order was refused: ${JSON.stringify(refused)}`);
}
