import { describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import { queueChoices } from '../harness/queues.js';
import { callCounts, control, executedOrders, setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

interface OrderCounts {
  readonly sendingHold: { held: boolean; since: string | null; floor: string | null; amountLeft: string | null };
}

describe.each(queueChoices())('the guarantee fund, with the queue on $queue', (queue) => {
  const { database, sandbox, gateways, start } = withGateway({
    queue,
    sandbox: true,
    env: { TROIKA_TIMEOUT_MS: '1000', TROIKA_ACCOUNT_REFRESH_SECS: '1' },
    running: false,
    isolated: true,
  });
  const post = async (gateway: GatewayProcess): Promise<OrderView> =>
    (await (await postOrder(gateway)).json()) as OrderView;
  const leave = (left: number): Promise<void> => control(sandbox, 'PUT', '/fund', { left });
  const hold = async (gateway: GatewayProcess) => (await read<OrderCounts>(gateway, '/order-counts')).body.sendingHold;
  const untilHeld = (gateway: GatewayProcess) =>
    until('sending is held', async () => {
      const found = await hold(gateway);
      return found.held ? found : undefined;
    });
  const kinds = async (gateway: GatewayProcess): Promise<string[]> => {
    const { body } = await read<{ events: { kind: string }[] }>(gateway, '/events');
    // A machine that stands still for seconds adds other kinds.
    return body.events.flatMap(({ kind }) => (kind.startsWith('fund.') ? [kind] : [])).toReversed();
  };

  it('makes orders wait while it is below its floor, uses no attempt, and sends each once after a refill', async () => {
    await leave(4_000);
    const floor = { TROIKA_FUND_FLOOR: '5000.50' };
    const [gateway] = await Promise.all([start(floor), start({ ...floor, ROLES: 'worker' })]);
    expect(await untilHeld(gateway)).toMatchObject({ floor: '5000.50', amountLeft: '4000' });
    const orders = await Promise.all(Array.from({ length: 5 }, () => post(gateway)));
    await until('a worker has seen that it must not send', () =>
      Promise.resolve(
        gateways.flatMap(({ log }) => log).some(({ msg }) => msg.includes('under its floor')) ? true : undefined,
      ),
    );
    const before = (await callCounts(sandbox))['app_get_businessaccount'] ?? 0;
    await until('the fund was read on and on', async () =>
      ((await callCounts(sandbox))['app_get_businessaccount'] ?? 0) > before + 2 ? true : undefined,
    );
    for (const { id } of orders) expect(await getOrder(gateway, id)).toMatchObject({ status: 'accepted', attempts: 0 });
    const metrics = await (
      await fetch(`${gateway.internalUrl}/admin/metrics`, { headers: { authorization: 'Bearer test-admin-key' } })
    ).text();
    expect(metrics).toMatch(/^vestibule_sending_held 1$/m);
    expect(metrics).toMatch(/^vestibule_fund_left_roubles 4000$/m);

    await leave(1_000_000);
    await expectEachExecutedOnce(gateway, sandbox, orders);
    for (const { id } of orders) expect(await getOrder(gateway, id)).toMatchObject({ attempts: 1 });
    expect(await kinds(gateway)).toEqual(['fund.floor-reached', 'fund.floor-cleared']);
    expect(await hold(gateway)).toMatchObject({ held: false, since: null });
  });

  it('is not overrun by a burst between two readings', async () => {
    await leave(14_000);
    const gateway = await start({
      TROIKA_FUND_FLOOR: '5000',
      TROIKA_CONCURRENCY: '1',
      TROIKA_ACCOUNT_REFRESH_SECS: '86400',
    });
    await until('the fund was read', async () => ((await hold(gateway)).amountLeft === '14000' ? true : undefined));
    const orders = await Promise.all(Array.from({ length: 6 }, () => post(gateway)));
    // 2,800 roubles each: after the fourth, 2,800 are left.
    expect(await untilHeld(gateway)).toMatchObject({ amountLeft: '2800' });
    await until('a worker has seen it', () =>
      Promise.resolve(gateway.log.some(({ msg }) => msg.includes('under its floor')) ? true : undefined),
    );
    expect(await executedOrders(sandbox)).toHaveLength(4);

    await leave(1_000_000);
    await database.pool.query(`update partner_refreshes set due_at = now() where name = 'account'`);
    await expectEachExecutedOnce(gateway, sandbox, orders);
    expect(await callCounts(sandbox)).toMatchObject({ app_get_businessaccount: 2, app_create_order: 6 });
  });

  it('sends operators one event when it runs low, and one when it has recovered', async () => {
    await leave(2_000);
    const low = { TROIKA_FUND_LOW: '1000' };
    const [gateway] = await Promise.all([start(low), start({ ...low, ROLES: 'worker' })]);
    const untilRead = (amount: number): Promise<unknown> =>
      until(`${amount} roubles were read`, async () => {
        const { status, body } = await call<{ amount: number }>(gateway, 'GET', '/account');
        return status === 200 && body.amount === amount ? true : undefined;
      });
    await untilRead(2_000);
    for (const left of [999.99, 500, 1_050, 1_100]) {
      await leave(left);
      await untilRead(left);
    }
    expect(await kinds(gateway)).toEqual(['fund.low', 'fund.recovered']);
  });

  it('is shown to producers as it was read last', async () => {
    await leave(1_234.5);
    const gateway = await start({ TROIKA_ACCOUNT_REFRESH_SECS: '60' });
    const account = await until('it was read', async () => {
      const answer = await call<Record<string, unknown>>(gateway, 'GET', '/account');
      return answer.status === 200 ? answer.body : undefined;
    });
    expect(account).toEqual({
      name: 'ООО «Пример»',
      fund: 1_000_000_000_000,
      amount: 1_234.5,
      currencyId: 'RUB',
      fetchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      stale: false,
    });
    expect((await call(gateway, 'GET', '/account', { secret: 'test-admin-key' })).status).toBe(401);
    await database.pool.query(`update account_readings set read_at = read_at - interval '121 seconds'`);
    expect((await call(gateway, 'GET', '/account')).body).toMatchObject({ amount: 1_234.5, stale: true });
  });

  it.each([
    ['executed', 'execute-and-timeout', 2_800],
    ['not executed', 'timeout', 0],
  ])('shows for an unknown order that was %s what was spent since', async (_what, mode, unexplained) => {
    await leave(50_000);
    const gateway = await start();
    const neighbour = await post(gateway);
    await untilStatus(gateway, neighbour.id, 'confirmed');
    // The first new reading may have been asked for before it was confirmed; the second was not.
    const readAt = new Set<string | undefined>();
    await until('a reading has seen it', async () => {
      const { body } = await call<{ amount?: number; fetchedAt?: string }>(gateway, 'GET', '/account');
      readAt.add(body.fetchedAt);
      return body.amount === 47_200 && readAt.size > 2 ? true : undefined;
    });
    await setFaults(sandbox, mode);
    const { id } = await post(gateway);
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    const evidence = await until('there is a reading after it', async () => {
      const { body } = await read<{ evidence: { fundAfter: object | null; fundBetween: object } }>(
        gateway,
        `/orders/${id}`,
      );
      return body.evidence.fundAfter === null ? undefined : body.evidence;
    });
    expect(evidence).toMatchObject({
      attempt: { number: 1, outcome: 'unknown' },
      fundBefore: { amount: 47_200 },
      fundAfter: { amount: 47_200 - unexplained },
      fundBetween: { otherUnknown: 0, unexplained: { least: unexplained, most: unexplained } },
      verdict: unexplained > 0 ? 'likely' : 'unlikely',
    });
  });
});
