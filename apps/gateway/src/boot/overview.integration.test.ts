import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway } from './testing/start-test-gateway.js';
import type { Gateway } from './gateway.js';
import { createLogger } from '../core/logger.js';
import { MinuteFigures } from '../metrics/minutes/minute-figures.js';
import { readTraffic } from '../metrics/minutes/read-minutes.js';
import { MinuteWriter } from '../metrics/minutes/write-minutes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { readWaitingCosts } from '../admin/overview/waiting-costs.js';

const MINUTE_MS = 60_000;

describe('the overview', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  beforeAll(async () => {
    database = await openTestDatabase();
    const { pool } = database;
    const place = async (status: string, line: object): Promise<void> => {
      await pool.query(
        `insert into orders (id, api_key_name, idempotency_key, body, status)
         values (gen_random_uuid(), 'shop', gen_random_uuid(), $1, $2)`,
        [JSON.stringify({ orderData: [line] }), status],
      );
    };
    await place('unknown', { tariffId: 1, amount: 1400.5 });
    await place('unknown', { tariffId: 1, amount: 99.5, quantity: 2 });
    await place('rejected', { tariffId: 1, amount: 10 });
    await place('rejected', { tariffId: 'of no catalogue' });
    await place('confirmed', { tariffId: 1, amount: 7 });
    await pool.query(
      `insert into account_readings (asked_at, read_at, amount, refresh_secs)
       values (now() - interval '2 hours', now() - interval '2 hours', '5000', 60), (now(), now(), '4800.50', 60)`,
    );
    gateway = await startTestGateway(database, { ROLES: 'admin', ADMIN_API_KEYS: 'ops:the-key' });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  /** What one process has seen some minutes ago. */
  async function write(minutesAgo: number, note: (figures: MinuteFigures) => void): Promise<void> {
    const figures = new MinuteFigures();
    note(figures);
    const now = (): number => Date.now() - minutesAgo * MINUTE_MS;
    await new MinuteWriter(database.pool, figures, now, createLogger('silent')).stop();
  }

  it('adds up what all processes have seen in a minute, in each direction, and leaves out the present minute', async () => {
    for (let process = 0; process < 2; process += 1) {
      await write(10, (figures) => {
        for (let call = 0; call < 19; call += 1) figures.note('koshelek', 10, false);
        figures.note('koshelek', 800, true);
        figures.note('troika', 250, false);
      });
    }
    // Whatever the second: the present minute, or the next one.
    await write(-1, (figures) => figures.note('troika', 1, true));
    const { stepMinutes, koshelek, troika } = await readTraffic(database.pool, 1);
    expect(stepMinutes).toBe(1);
    expect([koshelek.length, troika.length]).toEqual([60, 60]);
    const seen = koshelek.filter(({ calls }) => calls > 0);
    expect(seen).toMatchObject([{ calls: 40, failed: 2 }]);
    expect(seen[0]?.p95Ms).toBeLessThan(12);
    expect(troika.filter(({ calls }) => calls > 0)).toMatchObject([{ calls: 2, failed: 0 }]);
    const wide = await readTraffic(database.pool, 24);
    expect(wide.koshelek.reduce((sum, { calls }) => sum + calls, 0)).toBe(40);
  });

  it('keeps what it could not write, in the minute where it belongs', async () => {
    const figures = new MinuteFigures();
    figures.note('troika', 5, true);
    let nowMs = Date.now() - 120 * MINUTE_MS;
    const away = { query: () => Promise.reject(new Error('away')) } as never;
    await new MinuteWriter(away, figures, () => nowMs, createLogger('silent')).stop();
    nowMs += 30 * MINUTE_MS;
    await new MinuteWriter(database.pool, figures, () => nowMs, createLogger('silent')).stop();
    const { troika } = await readTraffic(database.pool, 6);
    const [first] = troika.filter(({ failed }) => failed > 0);
    expect(Date.now() - (first?.at.getTime() ?? 0)).toBeGreaterThan(115 * MINUTE_MS);
  });

  it('says what the orders cost that wait for a person, and for how many no price is known', async () => {
    expect(await readWaitingCosts(database.pool)).toEqual(
      expect.arrayContaining([
        { status: 'unknown', roubles: '1599.5', orders: 2, unpriced: 0 },
        { status: 'rejected', roubles: '10', orders: 2, unpriced: 1 },
      ]),
    );
  });

  it('gives all of it to a viewer, with the fund over the hours', async () => {
    const answer = await fetch(`${gateway.internalUrl}/admin/overview?hours=6`, {
      headers: { authorization: 'Bearer the-key' },
    });
    expect(await answer.json()).toMatchObject({
      traffic: { stepMinutes: 5 },
      fund: { readings: [{ amount: '5000' }, { amount: '4800.50' }], low: null, floor: null },
      limiter: { perSecond: null, waitSecs: 0 },
    });
  });

  it('reads no settled order, of which there may be a million', async () => {
    const plans: string[] = [];
    const client = await database.pool.connect();
    try {
      // Small tables are read whole whatever the indexes are: here only what could be done matters.
      await client.query('begin; set local enable_seqscan = off');
      const explaining = {
        query: async ({ text }: { text: string }) => {
          const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`);
          plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
          return { rows: [] };
        },
      } as never;
      await readWaitingCosts(explaining);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(plans).toHaveLength(1);
    for (const plan of plans) expect(plan).not.toContain('Seq Scan on orders');
    expect(plans[0]).toContain('orders_piles');
  });
});
