import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { postOrder, SEED_ORDER, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { startGateway, type GatewayProcess } from '../harness/gateway-process.js';
import { queueChoices, unique } from '../harness/queues.js';
import { emptyRedis } from '../harness/redis.js';
import { callCounts, executedOrders, openSandbox } from '../harness/sandbox.js';
import { until } from '../harness/until.js';

const BATCH = 240;
/** Forty slots of a second's line, and those that pass until the ledger is looked into again. */
const MOST_BEFORE = 60;

describe.each(queueChoices())('while a batch of one producer waits, with the queue on $queue', ({ env }) => {
  let database: TestDatabase;
  let sandbox: Sandbox;
  let gateway: GatewayProcess;
  let first: string;
  beforeAll(async () => {
    await emptyRedis();
    [database, sandbox] = await Promise.all([createDatabase(), openSandbox()]);
    gateway = await startGateway({
      ...env(),
      DATABASE_URL: database.url,
      TROIKA_URL: sandbox.url,
      TROIKA_RATE_PER_SECOND: '40',
      TROIKA_TRACK_SCHEDULE_SECS: '0.2',
    });
    const orders = Array.from({ length: BATCH }, () => ({ idempotencyKey: unique('key'), order: SEED_ORDER }));
    const { body } = await call<{ outcomes: { order: OrderView }[] }>(gateway, 'POST', '/orders/batch', {
      body: { orders },
    });
    const ids = body.outcomes.map(({ order }) => order.id);
    first = await until('one of the batch is confirmed', async () => {
      const { rows } = await database.pool.query<{ id: string }>(
        `select id from orders where status = 'confirmed' and id = any($1) limit 1`,
        [ids],
      );
      return rows[0]?.id;
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await sandbox.close();
    await database.drop();
  });

  it('sends another producer’s single order after a bounded number of sends', async () => {
    const order = { ...SEED_ORDER, orderData: [{ ...SEED_ORDER.orderData[0], cardNumber: '0000000017' }] };
    const posted = (await (
      await postOrder(gateway, { body: { order }, secret: 'test-office-key' })
    ).json()) as OrderView;
    const before = (await executedOrders(sandbox)).length;
    const place = await until('it is executed', async () => {
      const index = (await executedOrders(sandbox)).findIndex(({ rawBody }) => rawBody.includes('0000000017'));
      return index < 0 ? undefined : index;
    });
    expect(posted.status).toBe('accepted');
    expect(place - before).toBeLessThan(MOST_BEFORE);
  });

  it('cancels what is confirmed without waiting for the batch, and polls with a share of the calls', async () => {
    const { status } = await call(gateway, 'POST', `/orders/${first}/cancel`);
    expect(status).toBe(200);
    expect((await callCounts(sandbox))['app_create_order']).toBeLessThan(BATCH);
    const counts = await until('most of the batch is sent', async () => {
      const now = await callCounts(sandbox);
      return (now['app_create_order'] ?? 0) >= 0.75 * BATCH ? now : undefined;
    });
    expect(counts['app_create_order']).toBeLessThan(BATCH);
    const polls = counts['app_get_order'] ?? 0;
    // A tenth of all calls is a ninth of the sends; it begins when the first have been due for half a second.
    expect(polls).toBeGreaterThan(0.05 * (counts['app_create_order'] ?? 0));
    expect(polls).toBeLessThan(0.2 * (counts['app_create_order'] ?? 0));
  });

  it('sends every order of the batch once', async () => {
    const { rows } = await database.pool.query<{ id: string }>('select id from orders where id <> $1', [first]);
    await until('all are confirmed', async () => {
      const open = await database.pool.query(
        `select from orders where status not in ('confirmed', 'cancelled') limit 1`,
      );
      return open.rowCount === 0 ? true : undefined;
    });
    expect(rows).toHaveLength(BATCH);
    expect(await executedOrders(sandbox)).toHaveLength(BATCH + 1);
  });
});
