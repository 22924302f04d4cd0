import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { weighExpense } from './weigh-expense.js';

describe('what left the fund about an unknown order', () => {
  let database: TestDatabase;
  const [own, same, dearer, unpriced] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  beforeAll(async () => {
    database = await openTestDatabase();
    const line = (amount?: number): string => JSON.stringify({ orderData: [{ tariffId: 1, quantity: 1, amount }] });
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, body)
       select id, 'shop', id::text, body::json from unnest($1::uuid[], $2::text[]) o (id, body)`,
      [
        [own, same, dearer, unpriced],
        [line(2800), line(2800), line(3000), line()],
      ],
    );
  });
  afterAll(() => database.close());

  const weigh = (orderId: string, least: string, most = least) =>
    weighExpense(database.pool, orderId, { least, most, otherUnknown: [same, dearer, unpriced] });

  it('is held against the price of the order: less cannot have paid for it', async () => {
    expect(await weigh(own, '2800')).toMatchObject({ verdict: 'likely', cost: '2800' });
    expect(await weigh(own, '2799.99')).toMatchObject({ verdict: 'unlikely' });
    expect(await weigh(own, '0', '2800')).toMatchObject({ verdict: 'open' });
  });

  it('is explained to the kopeck by so many orders of that price, where it is one amount', async () => {
    expect(await weigh(own, '14000')).toMatchObject({ times: 5, unknownOfCost: 2 });
    expect(await weigh(own, '14000.01')).toMatchObject({ times: null, unknownOfCost: 2 });
    expect(await weigh(own, '2800', '5600')).toMatchObject({ verdict: 'likely', times: null });
  });

  it('says whether anything left at all, where the price is not known', async () => {
    const unknown = { cost: null, times: null, unknownOfCost: null };
    expect(await weigh(unpriced, '1')).toEqual({ verdict: 'likely', ...unknown });
    expect(await weigh(unpriced, '-1', '0')).toEqual({ verdict: 'unlikely', ...unknown });
    expect(await weigh(unpriced, '-1', '1')).toEqual({ verdict: 'open', ...unknown });
  });
});
