import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { noteOrderList, noteOrderView } from './note-order-views.js';

describe('a look at orders that lead to a person', () => {
  let database: TestDatabase;
  const [one, other, anonymous, named] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, body, phones)
       select id, 'shop', id::text, case when id = $3 then '{"email":"ann@example.com"}' else '{}' end::json,
              case when id in ($2, $3) then '{}'::text[] else '{+79160000001}' end
         from unnest($1::uuid[]) id`,
      [[one, other, anonymous, named], anonymous, named],
    );
  });
  afterAll(() => database.close());

  const entries = async (who: string): Promise<object[]> => {
    const { rows } = await database.pool.query<object>(
      'select action, order_id as "orderId", details from audit where who = $1 order by id',
      [who],
    );
    return rows;
  };

  it('leaves one entry in the audit, however often the same person looks in a quarter of an hour', async () => {
    for (const who of ['ann', 'ann', 'orders:reports']) await noteOrderView(database.pool, who, one);
    expect(await entries('ann')).toEqual([{ action: 'order.view', orderId: one, details: {} }]);
    expect(await entries('orders:reports')).toHaveLength(1);
  });

  it('in a list leaves one entry with the orders that were not seen lately', async () => {
    await noteOrderList(database.pool, 'bob', [one]);
    await noteOrderList(database.pool, 'bob', [one, other]);
    await noteOrderList(database.pool, 'bob', [one, other]);
    await noteOrderList(database.pool, 'bob', []);
    expect((await entries('bob')).map((entry) => (entry as { details: object }).details)).toEqual([
      { orders: [one] },
      { orders: [other] },
    ]);
  });

  it('leaves one for an order without a phone that has a name or an e-mail', async () => {
    await noteOrderView(database.pool, 'joe', named);
    expect(await entries('joe')).toHaveLength(1);
  });

  it('leaves none where no one is left to see', async () => {
    await noteOrderView(database.pool, 'eve', anonymous);
    await noteOrderList(database.pool, 'eve', [anonymous]);
    expect(await entries('eve')).toEqual([]);
  });
});
