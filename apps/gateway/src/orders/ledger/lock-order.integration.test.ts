import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { lockingInOrder } from '../../testing/lock-order.js';
import { acceptOrders } from './accept-orders.js';
import { claimOrders, NO_LIMIT } from './claim-orders.js';

const ROW = 'select from orders where id = $1::uuid';
const LEASE_MS = 60_000;
const ORDER = {
  apiKeyName: 'shop',
  requestHash: Buffer.from('h'),
  reference: null,
  body: '{"orderData":[]}',
  callbackUrl: null,
  metadata: null,
  phones: [],
};
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it('a claim locks its orders by their ids, however its jobs came: two with the same orders do not wait for each other', async () => {
  const ids = [randomUUID(), randomUUID()].sort();
  // The one with the greater id comes first where the table is read as a whole.
  for (const id of ids.toReversed()) await acceptOrders(database.pool, [{ ...ORDER, id, idempotencyKey: id }]);
  const requests = ids
    .toReversed()
    .map((orderId) => ({ orderId, generation: 0, claimId: randomUUID(), isProbe: false }));
  const [first = '', second = ''] = ids;
  const outcomes = await lockingInOrder(database.pool, [ROW, first], [ROW, second], () =>
    claimOrders(database.pool, requests, LEASE_MS, undefined, NO_LIMIT),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(['claimed', 'claimed']);
});
