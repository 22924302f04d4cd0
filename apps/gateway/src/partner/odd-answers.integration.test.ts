import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listOperatorEvents } from '../operator-events/operator-events.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { noteOddAnswer } from './odd-answers.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
const events = () =>
  listOperatorEvents(database.pool, { before: '9'.repeat(15), kind: 'partner.odd-answer', limit: 50 });

it('an odd field is reported once an hour, in whichever entry of a list it is', async () => {
  const oddities = ['/orderData/0/used is neither true nor false'];
  await noteOddAnswer(database.pool, 'app_get_order', undefined);
  await noteOddAnswer(database.pool, 'app_get_order', []);
  expect(await events()).toEqual([]);
  await noteOddAnswer(database.pool, 'app_get_order', oddities);
  await noteOddAnswer(database.pool, 'app_get_order', ['/orderData/7/used is neither true nor false']);
  expect(await events()).toMatchObject([
    { severity: 'warning', details: { method: 'app_get_order', fields: oddities, count: 1 } },
  ]);
  await noteOddAnswer(database.pool, 'app_get_ticket', ['/price is not a number']);
  await database.pool.query(`update operator_events set at = at - interval '61 minutes'`);
  await noteOddAnswer(database.pool, 'app_get_order', oddities);
  expect(await events()).toHaveLength(3);
});

it('of thousands of odd entries twenty are named, and all counted', async () => {
  await noteOddAnswer(
    database.pool,
    'app_get_tariff',
    Array.from({ length: 5_000 }, (_, index) => `/tariff/${index}/id is missing`),
  );
  const [event] = await events();
  expect(event?.details).toMatchObject({ count: 5_000, like: 'app_get_tariff: /tariff/*/id is missing' });
  expect(event?.message).toContain('/tariff/19/id is missing; and 4980 more');
});
