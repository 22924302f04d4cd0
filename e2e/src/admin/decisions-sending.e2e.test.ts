import { describe, expect, it } from '@jest/globals';
import { ask, auditOf, confirmed, notCreated } from '../harness/admin.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { placeOrder } from '../harness/place-order.js';
import { queueChoices } from '../harness/queues.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { withGateway } from '../harness/with-gateway.js';

const resend = notCreated('resend');

describe.each(queueChoices())('decisions that send, with the queue on $queue', (queue) => {
  const { gateway, database, sandbox, start } = withGateway({
    queue,
    sandbox: true,
    // An order that a process without a queue has decided about is found by the sweeper.
    env: { TROIKA_RETRY_SCHEDULE_SECS: '0.1,0.1', SWEEP_GRACE_MS: '300' },
  });
  const post = async (): Promise<string> => ((await (await postOrder(gateway)).json()) as OrderView).id;

  it('send an unknown order again, once', async () => {
    await setFaults(sandbox, 'reset-before');
    const id = await post();
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    expect((await ask<OrderView>(gateway, `/orders/${id}/resolve`, resend)).body.status).toBe('retrying');
    const order = await untilStatus(gateway, id, 'confirmed');
    expect(order.attempts).toBe(2);
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });

  it('send rejected and failed orders again, one or many', async () => {
    await setFaults(sandbox, 'refuse');
    const rejected = await post();
    await untilStatus(gateway, rejected, 'rejected');
    await setFaults(sandbox, 'none');
    const replayed = await ask<OrderView>(gateway, `/orders/${rejected}/replay`, { why: 'corrected there' });
    expect([replayed.status, replayed.body.status]).toEqual([200, 'retrying']);
    await untilStatus(gateway, rejected, 'confirmed');

    const failed = await Promise.all(Array.from({ length: 5 }, () => placeOrder(database, 'failed')));
    expect((await ask(gateway, '/orders/replay', { status: 'failed' })).body).toEqual({ replayed: 5 });
    for (const id of failed) await untilStatus(gateway, id, 'confirmed');
  });

  it('are left to a worker by an operators’ process that has no queue', async () => {
    await setFaults(sandbox, 'reset-before');
    const id = await post();
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    const admin = await start({ ROLES: 'admin', TROIKA_URL: '', REDIS_URL: '' });
    expect((await ask<OrderView>(admin, `/orders/${id}/resolve`, resend)).body.status).toBe('retrying');
    await untilStatus(gateway, id, 'confirmed');
    const held = await placeOrder(database, 'unknown');
    await ask(admin, `/orders/${held}/resolve`, confirmed(4711));
    expect((await auditOf(admin))[0]?.details).toMatchObject({ check: 'unchecked' });
    expect(await admin.stop()).toBe(0);
  });
});
