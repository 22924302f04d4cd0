import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { ask, auditOf, read } from '../harness/admin.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { startGateway, type GatewayProcess } from '../harness/gateway-process.js';
import { executedOrders, openSandbox, setFaults } from '../harness/sandbox.js';

interface Plan {
  readonly id: string;
  readonly state: string;
  readonly count: number;
  readonly decided: number;
  readonly detail?: string;
}

let database: TestDatabase;
let sandbox: Sandbox;
let gateway: GatewayProcess;
beforeAll(async () => {
  [database, sandbox] = await Promise.all([createDatabase(), openSandbox()]);
  gateway = await startGateway({
    ROLES: 'orders,worker,admin',
    DATABASE_URL: database.url,
    TROIKA_URL: sandbox.url,
    TROIKA_RATE_PER_SECOND: '1000',
    TROIKA_TRACK_SCHEDULE_SECS: '600',
  });
});
afterAll(async () => {
  await gateway.stop();
  await sandbox.close();
  await database.drop();
});

const place = async (): Promise<string> => ((await (await postOrder(gateway)).json()) as OrderView).id;

it('a dry run says what a confirmation would do, with what Тройка Бизнес answers, and decides nothing', async () => {
  const paid = await place();
  await untilStatus(gateway, paid, 'confirmed');
  await setFaults(sandbox, 'reset-after');
  const id = await place();
  await untilStatus(gateway, id, 'unknown');
  await setFaults(sandbox, 'none');
  const [first, second] = await executedOrders(sandbox);
  const check = async (troikaOrderId: unknown) =>
    (await read<object>(gateway, `/orders/${id}/check?troikaOrderId=${String(troikaOrderId)}`)).body;
  const amount = { atPartner: expect.any(String) };
  expect(await check(second?.orderId)).toMatchObject({ would: 'confirm', partner: { check: 'agrees' }, amount });
  expect(await check(first?.orderId)).toMatchObject({ would: 'refuse', holder: paid });
  expect(await check(999_999)).toMatchObject({ would: 'refuse', partner: { check: 'denies' } });
  expect((await read(gateway, `/orders/${id}/check`)).status).toBe(422);
  await untilStatus(gateway, id, 'unknown');
});

it('1,800 unknown orders are decided in two calls that show the progress, and a count that does not match is refused', async () => {
  const id = await place();
  await untilStatus(gateway, id, 'confirmed');
  await database.pool.query(
    `insert into orders (id, api_key_name, idempotency_key, request_hash, status, body, attempts)
     select gen_random_uuid(), api_key_name, 'many-' || n, request_hash, 'unknown', body, 1
       from orders, generate_series(1, 1800) n where id = $1`,
    [id],
  );
  const filter = { status: 'unknown', from: new Date(Date.now() - 3_600_000).toISOString() };
  const request = { decision: 'not-created', filter, why: 'the partner has lost its day' };
  // oxlint-disable-next-line unicorn/no-thenable -- the field's documented name; it is a text, and no one awaits it
  const { body: plan, status } = await ask<Plan>(gateway, '/orders/plans', { ...request, then: 'fail' });
  expect([status, plan.state]).toEqual([201, 'planned']);
  // The order of the test before is unknown, too.
  expect(plan.count).toBe(1_801);
  const refused = await ask<Plan>(gateway, `/orders/plans/${plan.id}/run`, { count: 1_800 });
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('1801 orders, not 1800')]);
  const run = { count: plan.count, why: request.why };
  const stream = (method: string, path: string, more: Record<string, string> = {}, body?: object) =>
    fetch(`${gateway.internalUrl}/admin/orders/plans/${plan.id}/${path}`, {
      method,
      headers: {
        authorization: 'Bearer test-admin-key',
        accept: 'text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const running = await stream('POST', 'run', {}, run);
  expect([running.status, running.headers.get('content-type')]).toEqual([202, 'text/event-stream']);
  // It ends when the plan does.
  const progress = [...(await running.text()).matchAll(/^id: (.*)\ndata: (.*)$/gm)];
  expect(JSON.parse(progress.at(-1)?.[2] ?? '')).toMatchObject({ state: 'done', decided: 1_801, skipped: 0 });
  expect(await (await stream('GET', 'events')).text()).toContain('"state":"done"');
  expect((await stream('GET', 'events', { 'last-event-id': progress.at(-1)?.[1] ?? '' })).status).toBe(204);
  const { rows } = await database.pool.query(`select 1 from orders where status = 'failed'`);
  expect(rows).toHaveLength(1_801);
  const entries = (await auditOf(gateway)).filter(({ action }) => action === 'orders.plan');
  expect(entries.map(({ details }) => (details['orders'] as string[]).length)).toEqual([1_801]);
  expect((await ask<Plan>(gateway, `/orders/plans/${plan.id}/run`, run)).status).toBe(409);
  expect((await ask(gateway, '/orders/plans', { decision: 'not-created', filter: { colour: 'red' } })).status).toBe(
    422,
  );
});
