import { describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { readyOf, untilCondition, untilWell } from '../harness/health.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const { gateway, database } = withGateway({ sandbox: true, isolated: true });

/** The events of a kind: their severities, and whether they are over. */
const eventsOf = async (wanted: string): Promise<string[]> => {
  const { body } = await read<{ events: { kind: string; severity: string; closedAt: string | null }[] }>(
    gateway,
    '/events',
  );
  return body.events
    .filter(({ kind }) => kind === wanted)
    .map(({ severity, closedAt }) => `${severity}, ${closedAt === null ? 'open' : 'over'}`);
};

/** Changes the defaults of new sessions, and ends the open ones. */
async function alterSessions(change: string): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  await database.pool.query(`alter database ${name} ${change}`);
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
    [name],
  );
}

describe('a database that takes no writes', () => {
  it('is answered to producers with "later", reported to probes and operators, and orders are accepted once it is over', async () => {
    await alterSessions('set default_transaction_read_only = on');
    const refused = await until('a post is refused', async () => {
      const response = await postOrder(gateway);
      const problem = (await response.json()) as Record<string, unknown>;
      return problem['cause'] === 'read-only' ? { response, problem } : undefined;
    });
    expect(refused.response.status).toBe(503);
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.problem).toMatchObject({ type: '/problems/database-unavailable', status: 503 });
    expect(await untilCondition(gateway, 'database.read-only')).toContain('takes no writes');
    expect((await readyOf(gateway)).status).toBe('degraded');

    await alterSessions('reset default_transaction_read_only');
    await untilWell(gateway);
    const order = await until('a post is accepted', async () => {
      const response = await postOrder(gateway);
      return response.status === 202 ? ((await response.json()) as OrderView) : undefined;
    });
    await untilStatus(gateway, order.id, 'confirmed');
    await until('operators can read what it was', async () =>
      (await eventsOf('database.read-only')).includes('critical, over') ? true : undefined,
    );
  });
});

describe('a lock on the orders that outlasts the time limit of a statement', () => {
  it('is answered to producers with "later", and is not logged as our fault', async () => {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('lock table orders in access exclusive mode');
    const posting = postOrder(gateway);
    const response = await posting;
    await client.query('rollback');
    client.release();
    expect([response.status, ((await response.json()) as Record<string, unknown>)['cause']]).toEqual([
      503,
      'took-too-long',
    ]);
    expect(await untilCondition(gateway, 'database.took-too-long')).toContain('lock');
  });
});
