import { afterEach, describe, expect, it } from '@jest/globals';
import { postOrder, type OrderView } from '../harness/api.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import { runGatewayToEnd } from '../harness/gateway-process.js';
import { hasPgBouncer, startPgBouncer, type PgBouncer, type PoolMode } from '../harness/pgbouncer.js';
import { withGateway } from '../harness/with-gateway.js';

const describeWithPgBouncer = hasPgBouncer ? describe : describe.skip;

describeWithPgBouncer('a PgBouncer between us and PostgreSQL', () => {
  const { database, sandbox, start } = withGateway({ sandbox: true, running: false, isolated: true });
  let bouncer: PgBouncer | undefined;
  const through = async (
    mode: PoolMode,
    settings: Readonly<Record<string, string>> = { default_pool_size: '40' },
  ): Promise<Record<string, string>> => {
    bouncer = await startPgBouncer(database.url, mode, settings);
    return { DATABASE_URL: bouncer.url, TROIKA_URL: sandbox.url, TROIKA_RATE_PER_SECOND: '1000' };
  };
  afterEach(async () => {
    await bouncer?.stop();
    bouncer = undefined;
  });

  it('in session mode with its defaults works, with the queue in PostgreSQL too', async () => {
    const gateway = await start(await through('session'));
    const orders = await Promise.all(
      Array.from({ length: 60 }, async () => (await (await postOrder(gateway)).json()) as OrderView),
    );
    await expectEachExecutedOnce(gateway, sandbox, orders);
  });

  it.each([
    ['PostgreSQL', undefined],
    ...(process.env['TEST_REDIS_URL'] === undefined ? [] : [['Redis', process.env['TEST_REDIS_URL']] as const]),
  ])(
    'in transaction mode works beside DATABASE_DIRECT_URL with the queue in %s, few sessions and settings that are not ours',
    async (_queue, redisUrl) => {
      const name = new URL(database.url).pathname.slice(1);
      for (const setting of ["datestyle = 'German'", "timezone = 'Asia/Vladivostok'", 'jit = on', 'lock_timeout = 1']) {
        await database.pool.query(`alter database ${name} set ${setting}`);
      }
      const queue: Record<string, string> = redisUrl === undefined ? {} : { REDIS_URL: redisUrl };
      const env = { ...(await through('transaction', { default_pool_size: '3' })), ...queue };
      const gateway = await start({ ...env, DATABASE_DIRECT_URL: database.url });
      const orders = await Promise.all(
        Array.from({ length: 60 }, async () => (await (await postOrder(gateway)).json()) as OrderView),
      );
      for (const { createdAt } of orders) expect(Date.now() - Date.parse(createdAt)).toBeLessThan(60_000);
      await expectEachExecutedOnce(gateway, sandbox, orders);
      const imported = await fetch(`${gateway.internalUrl}/admin/import/clients`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-admin-key', 'content-type': 'text/csv' },
        body: 'card_number;phone\nP1;79160000001\n',
      });
      expect(await imported.text()).toContain('"created":1');
    },
  );

  it('in transaction mode refuses a DATABASE_DIRECT_URL that leads through it too, or elsewhere', async () => {
    const env = await through('transaction');
    const both = await runGatewayToEnd({ ...env, DATABASE_DIRECT_URL: env['DATABASE_URL'] ?? '' });
    expect(both.said.trim().split('\n')).toEqual([expect.stringContaining('DATABASE_DIRECT_URL leads through')]);
    const elsewhere = new URL(database.url);
    elsewhere.pathname = '/postgres';
    const other = await runGatewayToEnd({ ...env, DATABASE_DIRECT_URL: elsewhere.href });
    expect(other.said.trim().split('\n')).toEqual([expect.stringContaining('another database')]);
  });

  it.each(['transaction', 'statement'] as const)(
    'in %s mode is refused at the start without DATABASE_DIRECT_URL, in one sentence',
    async (mode) => {
      const { code, said } = await runGatewayToEnd(await through(mode));
      expect(code).toBe(1);
      expect(said.trim().split('\n')).toEqual([expect.stringContaining('pool_mode = session')]);
      expect(said).toContain('DATABASE_DIRECT_URL');
    },
  );
});
