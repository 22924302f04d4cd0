import { randomUUID } from 'node:crypto';
import type { NewOrder } from '../orders/ledger/accept-orders.js';
import type { Ledger } from '../orders/ledger/ledger.js';

/** Accepts an order and gives its id. */
export async function acceptOrder(ledger: Ledger, overrides: Partial<NewOrder> = {}): Promise<string> {
  const acceptance = await ledger.accept({
    apiKeyName: 'shop',
    idempotencyKey: randomUUID(),
    requestHash: Buffer.alloc(32),
    reference: null,
    body: '{"orderData":[]}',
    callbackUrl: null,
    metadata: null,
    phones: [],
    ...overrides,
  });
  if (acceptance.kind !== 'accepted') throw new Error(`the order was not accepted: ${acceptance.kind}`);
  return acceptance.order.id;
}
