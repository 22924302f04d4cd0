import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { DayBudgets } from './day-budgets.js';

const LIMITS = { byName: new Map([['shop', 100]]), others: undefined };
const HOW_MANY = 40;

describe('the roubles that a key may spend on a day', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('are one sum for all processes, however many orders come at once', async () => {
    const [one, two] = [new DayBudgets(database.pool, LIMITS), new DayBudgets(database.pool, LIMITS)];
    const taken = await Promise.all(
      Array.from({ length: HOW_MANY }, (_, index) => (index % 2 === 0 ? one : two).take('shop', 1_000)),
    );
    expect(taken.filter(Boolean)).toHaveLength(10);
    expect(await one.take('shop', 1)).toBe(false);
    await two.giveBack('shop', 1_000);
    expect(await one.take('shop', 1_000)).toBe(true);
  });

  it('begin again on the next day', async () => {
    const budgets = new DayBudgets(database.pool, LIMITS);
    expect(await budgets.take('shop', 10_000)).toBe(false);
    await database.pool.query('update order_spending set day = day - 1');
    expect(await budgets.take('shop', 10_000)).toBe(true);
  });

  it('are not counted for a key without a limit', async () => {
    expect(await new DayBudgets(database.pool, LIMITS).take('till', 1e15)).toBe(true);
    const { rowCount } = await database.pool.query(`select from order_spending where api_key_name = 'till'`);
    expect(rowCount).toBe(0);
  });
});
