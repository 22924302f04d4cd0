import { afterEach, describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { okAnswer } from '../harness/answering-partner.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { readyOf, untilCondition, untilWell } from '../harness/health.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

let nextId = 228_422;
/** While set, what the partner answers to an order waits for the case. */
let hold: ((answer: () => void) => void) | undefined;

const { gateway, database } = withGateway({
  isolated: true,
  partner: ({ method }, response) => {
    if (method !== 'app_create_order') return undefined;
    const answer = okAnswer(`{"id":${nextId++},"totalAmount":2800}`);
    if (hold === undefined) return answer;
    response.writeHead(200);
    hold(() => response.end(answer));
    return undefined;
  },
});

afterEach(() => {
  hold = undefined;
});

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
  it('is answered to producers with "later", is not logged as our fault, and costs no answer of the partner', async () => {
    const held = new Promise<() => void>((resolve) => (hold = resolve));
    const order = (await (await postOrder(gateway)).json()) as OrderView;
    const answer = await held;
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('lock table orders in access exclusive mode');
    answer();
    const response = await postOrder(gateway);
    const problem = (await response.json()) as Record<string, unknown>;
    await until('the answer has met the limit, too', async () =>
      gateway.log.some(({ what, error }) => what === 'settle' && JSON.stringify(error).includes('57014'))
        ? true
        : undefined,
    );
    await client.query('rollback');
    client.release();
    expect([response.status, problem['cause']]).toEqual([503, 'took-too-long']);
    expect(await untilCondition(gateway, 'database.took-too-long')).toContain('lock');
    await untilStatus(gateway, order.id, 'confirmed');
    const { body } = await call<{ events: { status: string }[] }>(gateway, 'GET', `/orders/${order.id}/events`);
    expect(body.events.map(({ status }) => status)).toEqual(['accepted', 'sending', 'confirmed']);
  });
});
