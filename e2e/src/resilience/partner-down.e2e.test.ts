import { describe, expect, it } from '@jest/globals';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import { queueChoices } from '../harness/queues.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

describe.each(queueChoices())('while the partner is down, with the queue on $queue', (queue) => {
  const { database, sandbox, gateways, start } = withGateway({
    queue,
    sandbox: true,
    env: {
      TROIKA_TIMEOUT_MS: '2000',
      TROIKA_RETRY_SCHEDULE_SECS: '0.1,0.1,0.1',
      TROIKA_BREAKER_FAILURES: '3',
      TROIKA_BREAKER_PAUSE_SECS: '0.1,0.2',
    },
    running: false,
    isolated: true,
  });
  const post = async (gateway: GatewayProcess): Promise<OrderView> =>
    (await (await postOrder(gateway)).json()) as OrderView;
  const probes = (): number =>
    gateways.flatMap(({ log }) => log).filter(({ msg, outcome }) => msg === 'attempt' && outcome === 'not-sent').length;

  it('makes work wait behind one breaker for all workers, uses no attempts, and confirms each order once', async () => {
    await sandbox.close();
    const [gateway] = await Promise.all([start(), start({ ROLES: 'worker' })]);
    const orders = await Promise.all(Array.from({ length: 2 }, () => post(gateway)));
    // More attempts than the schedules of both orders have together.
    await until('the breaker has probed again and again', () => Promise.resolve(probes() > 10 ? true : undefined));
    const { rows } = await database.pool.query<{ status: string }>('select distinct status from orders');
    for (const { status } of rows) expect(['accepted', 'retrying', 'sending']).toContain(status);

    await sandbox.reopen();
    await expectEachExecutedOnce(gateway, sandbox, orders);
    expect(gateways.flatMap(({ log }) => log).map(({ msg }) => msg)).toContain(
      'the partner can be reached again: sending continues',
    );
  });

  it('sends one order at a time while it probes', async () => {
    await sandbox.close();
    const gateway = await start({ TROIKA_BREAKER_PAUSE_SECS: '0.5' });
    await Promise.all(Array.from({ length: 10 }, () => post(gateway)));
    // Attempts in progress when it opened end first; after that, each pause has one attempt.
    const since = await until('what was under way has ended behind the open breaker', async () => {
      const { rows } = await database.pool.query<{ now: string }>(
        `select now()::text as now from partner_breaker
          where open_until is not null and not exists (select from orders where status in ('accepted', 'sending'))`,
      );
      return rows[0]?.now;
    });
    await until('it has probed three times more', async () => {
      const { rowCount } = await database.pool.query(
        'select from order_attempts where started_at > $1::timestamptz and ended_at is not null',
        [since],
      );
      return (rowCount ?? 0) >= 3 ? true : undefined;
    });
    const { rows: overlaps } = await database.pool.query(
      `select 1 from order_attempts a join order_attempts b on b.started_at > a.started_at and b.started_at < a.ended_at
        where a.started_at > $1::timestamptz`,
      [since],
    );
    expect(overlaps).toEqual([]);
  });

  it('retries listed codes, and treats every other refusal as final', async () => {
    await setFaults(sandbox, 'refuse');
    const gateway = await start({ TROIKA_RETRYABLE_CODES: '901' });
    const { id } = await post(gateway);
    await until('it was refused and retried', async () =>
      (await getOrder(gateway, id)).attempts >= 2 ? true : undefined,
    );
    await setFaults(sandbox, 'none');
    await untilStatus(gateway, id, 'confirmed');
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });

  it('holds unknown orders unless a rule resends them; the rule is in the history', async () => {
    await setFaults(sandbox, 'reset-before');
    const gateway = await start({ TROIKA_UNKNOWN_POLICY: 'resend-after:1' });
    const { id } = await post(gateway);
    await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    await untilStatus(gateway, id, 'confirmed');
    const { rows } = await database.pool.query<{ cause: string }>(
      'select cause from order_events where order_id = $1 order by id',
      [id],
    );
    expect(rows.map(({ cause }) => cause)).toContain('rule');
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });

  it('stores the answer, without personal data', async () => {
    const gateway = await start();
    const { id } = await post(gateway);
    await untilStatus(gateway, id, 'confirmed');
    const { rows } = await database.pool.query<{ answer: string }>('select answer from order_attempts');
    expect(rows[0]?.answer).toContain('"resultCode":0');
  });
});
