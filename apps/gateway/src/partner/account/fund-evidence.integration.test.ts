import { writeJson } from '@vestibule/envelope';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { insertReading } from './account-reading.js';
import { findFundEvidence, type FundEvidence } from './fund-evidence.js';
import { fundEvidenceView } from './fund-evidence-view.js';

/** Moments of a made-up morning, by the second. */
const at = (secs: number): string => new Date(Date.UTC(2026, 2, 17, 9, 0, secs)).toISOString();

describe('the evidence of the fund', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('delete from orders; delete from account_readings'));

  const reading = (askedAt: number, readAt: number, amount: string): Promise<unknown> =>
    database.pool.query(
      `insert into account_readings (asked_at, read_at, fund, amount, refresh_secs) values ($1, $2, '50000.00', $3, 60)`,
      [at(askedAt), at(readAt), amount],
    );
  async function attempt(status: string, from: number, to: number, totalAmount: string | null = null): Promise<string> {
    const id = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, attempts, total_amount)
       values ($1::uuid, 'shop', $1::text, '', '{}', $2, 1, $3)`,
      [id, status, totalAmount],
    );
    const [outcome, code] = status === 'confirmed' ? ['answered', 0] : ['unknown', null];
    await database.pool.query(
      `insert into order_attempts (order_id, number, started_at, ended_at, outcome, result_code)
       values ($1, 1, $2, $3, $4, $5)`,
      [id, at(from), at(to), outcome, code],
    );
    return id;
  }
  /** The evidence for an order whose attempt took from second 20 to second 30. */
  async function evidence(): Promise<FundEvidence> {
    const orderId = await attempt('unknown', 20, 30);
    return findFundEvidence(database.pool, { orderId, startedAt: at(20), endedAt: at(30) });
  }

  it('has the readings closest before and after the attempt, none during it', async () => {
    await reading(1, 2, '10000');
    await reading(10, 11, '9000');
    await reading(19, 21, '8500');
    await reading(29, 31, '8000');
    await reading(40, 41, '7000');
    await reading(50, 51, '6000');
    const { before, after } = await evidence();
    expect(before).toMatchObject({ amount: '9000', readAt: new Date(at(11)) });
    expect(after).toMatchObject({ amount: '7000', askedAt: new Date(at(40)) });
  });

  it('shows the unexplained amount to the kopeck, and the orders confirmed at an edge', async () => {
    await reading(10, 11, '9000.10');
    await reading(40, 42, '3000');
    await attempt('confirmed', 1, 9, '77');
    await attempt('confirmed', 43, 44, '77');
    const inside = await attempt('confirmed', 12, 13, '3200.05');
    const edge = await attempt('confirmed', 39, 41, '0.05');
    const other = await attempt('unknown', 15, 16);
    const { between } = await evidence();
    expect(between?.confirmed.map(({ id, atEdge }) => [id, atEdge])).toEqual([
      [inside, false],
      [edge, true],
    ]);
    expect(between).toMatchObject({ otherUnknown: [other], unexplainedLeast: '2800', unexplainedMost: '2800.05' });
  });

  it('has no comparison without a second reading', async () => {
    await reading(10, 11, '9000');
    const found = await evidence();
    expect(found).toMatchObject({ before: { amount: '9000' }, after: null, between: null });
    const open = await findFundEvidence(database.pool, { orderId: randomUUID(), startedAt: at(20), endedAt: null });
    expect(open).toMatchObject({ after: null, between: null });
  });

  it('is written as JSON with exact amounts', async () => {
    await reading(10, 11, '9000.00');
    await reading(40, 41, '6200.00');
    const id = await attempt('confirmed', 12, 13, '12.50');
    expect(JSON.parse(writeJson(fundEvidenceView(await evidence())))).toEqual({
      fundBefore: { name: null, fund: 50_000, amount: 9_000, currencyId: null, askedAt: at(10), readAt: at(11) },
      fundAfter: { name: null, fund: 50_000, amount: 6_200, currencyId: null, askedAt: at(40), readAt: at(41) },
      fundBetween: {
        confirmed: [{ id, totalAmount: 12.5, startedAt: at(12), endedAt: at(13), atEdge: false }],
        otherUnknown: 0,
        unexplained: { least: 2_787.5, most: 2_787.5 },
      },
    });
  });

  it('ignores an invalid amount', async () => {
    await reading(10, 11, '9000');
    await reading(40, 41, '6200');
    await attempt('confirmed', 12, 13, '1e999999');
    expect((await evidence()).between).toMatchObject({ unexplainedLeast: '2800', unexplainedMost: '2800' });
  });

  it('is kept whole for a month, and then by one reading of each hour', async () => {
    const kept = async (): Promise<string[]> => {
      const { rows } = await database.pool.query<{ amount: string }>('select amount from account_readings order by id');
      return rows.map(({ amount }) => amount);
    };
    const old = async (age: string, amount: string): Promise<unknown> =>
      database.pool.query(
        `insert into account_readings (asked_at, read_at, amount, refresh_secs)
         select t, t, $2, 60 from (select date_trunc('hour', now(), 'UTC') - $1::interval as t) moment`,
        [age, amount],
      );
    await old('401 days', 'too old');
    await old('30 days 2 hours', 'first of an hour');
    await old('30 days 1 hour 30 minutes', 'last of an hour');
    await old('1 day', 'first of today');
    await old('23 hours 30 minutes', 'later');
    const client = await database.pool.connect();
    const reading = { name: undefined, fund: undefined, amount: '5', currencyId: undefined };
    await insertReading(client, reading, { askedAt: new Date().toISOString(), periodSecs: 60 });
    client.release();
    expect(await kept()).toEqual(['last of an hour', 'first of today', 'later', '5']);
  });
});
