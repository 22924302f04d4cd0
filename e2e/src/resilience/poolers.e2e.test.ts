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
  const through = async (mode: PoolMode): Promise<Record<string, string>> => {
    bouncer = await startPgBouncer(database.url, mode);
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

  it.each(['transaction', 'statement'] as const)(
    'in %s mode is refused at the start, in one sentence',
    async (mode) => {
      const { code, said } = await runGatewayToEnd(await through(mode));
      expect(code).toBe(1);
      expect(said.trim().split('\n')).toEqual([expect.stringContaining('pool_mode = session')]);
      expect(said).toContain('DATABASE_URL');
    },
  );
});
