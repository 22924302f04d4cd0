import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { checkExpiringKeys } from '../api-keys/check-expiring-keys.js';
import { makeKey } from '../api-keys/make-key.js';
import { rotateKey } from '../api-keys/rotate-key.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { TEST_SEAL } from '../testing/seal.js';
import type { HealthCheck } from './health-watch.js';
import { checkUnknownOrders } from './unknown-orders.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const messages = async (check: HealthCheck): Promise<string[]> => (await check.find()).map(({ message }) => message);

it('unknown orders are reported with their number until each is decided', async () => {
  const check = checkUnknownOrders(database.pool);
  expect(await messages(check)).toEqual([]);
  await database.pool.query(
    `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status)
     select gen_random_uuid(), 'shop', n::text, '', '{}', 'unknown' from generate_series(1, 3) n`,
  );
  expect(await messages(check)).toEqual([expect.stringContaining('3 orders')]);
  await database.pool.query(`update orders set status = 'failed' where status = 'unknown'`);
  expect(await messages(check)).toEqual([]);
});

it('a key is reported in the last quarter of its time, two weeks before its end at the earliest, until it is rotated', async () => {
  const ops = { who: 'ops', why: undefined };
  const rights = { audience: 'orders', scopes: ['orders:read'], role: null, addresses: [] } as const;
  const ending = async (name: string, madeDaysAgo: number, endsInDays: number): Promise<string> => {
    const expiresAt = new Date(Date.now() + endsInDays * 86_400_000).toISOString();
    const made = await makeKey(database.pool, TEST_SEAL, { ...rights, name, expiresAt }, ops);
    await database.pool.query(`update api_keys set created_at = now() - $2 * interval '1 day' where id = $1`, [
      made?.key.id,
      madeDaysAgo,
    ]);
    return made?.key.id ?? '';
  };
  await ending('old-with-a-month-left', 300, 30);
  await ending('made-for-a-week', 1, 6);
  const check = checkExpiringKeys(database.pool);
  expect(await messages(check)).toEqual([]);
  const old = await ending('shop', 300, 10);
  expect(await messages(check)).toEqual([expect.stringMatching(/^The key "shop" ends at/)]);
  await rotateKey(database.pool, TEST_SEAL, old, { overlapSecs: 3_600, expiresAt: null }, ops);
  expect(await messages(check)).toEqual([]);
});
