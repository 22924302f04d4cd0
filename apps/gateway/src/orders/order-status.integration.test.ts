import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { ORDER_STATUSES, TRANSITIONS } from './order-status.js';

describe('the transitions of an order', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  /** An order that stands in a state, whatever way leads there. */
  async function orderIn(status: string): Promise<string> {
    const id = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status) values ($1::uuid, 'k', $1::text, '', '{}', $2)`,
      [id, status],
    );
    return id;
  }

  const move = (id: string, to: string) => database.pool.query('update orders set status = $2 where id = $1', [id, to]);
  const pairs = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => ({ from, to }))).filter(
    ({ from, to }) => from !== to,
  );
  const isLegal = ({ from, to }: (typeof pairs)[number]): boolean => TRANSITIONS[from][to] !== undefined;

  it('are the same in the code and in the database', async () => {
    const { rows } = await database.pool.query<{ from: string; to: string }>(
      'select from_status as "from", to_status as "to" from order_transitions',
    );
    const text = (pair: { from: string; to: string }): string => `${pair.from} -> ${pair.to}`;
    expect(rows.map(text).sort()).toEqual(pairs.filter(isLegal).map(text).sort());
  });

  it.each(pairs.filter(isLegal))('lets an order go from $from to $to', async ({ from, to }) => {
    const id = await orderIn(from);
    expect((await move(id, to)).rowCount).toBe(1);
  });

  it.each(pairs.filter((pair) => !isLegal(pair)))('never lets an order go from $from to $to', async ({ from, to }) => {
    const id = await orderIn(from);
    await expect(move(id, to)).rejects.toThrow(`cannot go from ${from} to ${to}`);
  });
});
