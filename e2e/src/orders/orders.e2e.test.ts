import { describe, expect, it } from '@jest/globals';
import { getOrder, postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { SECRETS } from '../harness/gateway-process.js';
import { queueChoices, unique } from '../harness/queues.js';
import { executedOrders, setFaults } from '../harness/sandbox.js';
import { withGateway } from '../harness/with-gateway.js';

/**
 * The vector of troika-business.md, "Vectors": 299 bytes, of which only the time differs from one attempt to the next.
 */
const VECTOR =
  '{"message":{"head":{"type":"app_create_order","terminalId":"bus_f78a8a6aa7fb3d5","languageId":"ru",' +
  '"phone":"+73946027654","time":"2022-04-22 00:21:02 +03:00"},"body":{"orderData":[{"cardNumber":"1234567890",' +
  '"currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],"phone":"+71044826548"}}}';
const TIME = /"time":"(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} \+03:00)"/;

describe.each(queueChoices())('orders, with the queue on $queue', (queue) => {
  // Each test lets its own orders end before the next counts what the stand-in has executed.
  const { gateway, database, sandbox, restart } = withGateway({
    queue,
    sandbox: true,
    env: {
      // On a busy machine some of ten orders come only after the breaker has opened, and each waits for a probe.
      TROIKA_BREAKER_PAUSE_SECS: '0.5',
      TROIKA_RETRY_SCHEDULE_SECS: '0.2,0.2,0.5,0.5,1,1,1,1,1,1',
      TROIKA_TIMEOUT_MS: '2000',
    },
  });

  const post = async (options?: Parameters<typeof postOrder>[1]): Promise<OrderView> =>
    (await (await postOrder(gateway, options)).json()) as OrderView;
  const clearSandbox = () => fetch(`${sandbox.url}/_control`, { method: 'DELETE' });

  it('answers 202 with the order and its Location, committed before the answer', async () => {
    const response = await postOrder(gateway);
    const order = (await response.json()) as OrderView;
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`/orders/${order.id}`);
    const { rowCount } = await database.pool.query('select from orders where id = $1', [order.id]);
    expect(rowCount).toBe(1);
    await untilStatus(gateway, order.id, 'confirmed');
  });

  it("sends the vendor's example order to the partner as the contract's 299 bytes, verified there, and confirms it", async () => {
    await clearSandbox();
    const { id } = await post();
    const order = await untilStatus(gateway, id, 'confirmed');
    const [executed, ...others] = await executedOrders(sandbox);
    expect(others).toEqual([]);
    const sent = executed?.rawBody ?? '';
    expect(Buffer.byteLength(sent)).toBe(299);
    expect(sent.replace(TIME, '"time":"2022-04-22 00:21:02 +03:00"')).toBe(VECTOR);
    expect(executed?.signatureVerified).toBe(true);
    expect(order.troika).toEqual({
      orderId: executed?.orderId,
      totalAmount: executed?.totalAmount,
      resultCode: 0,
      resultMessage: 'OK',
    });
    expect(order.troika.totalAmount).toBe(2800);
    expect(order.attempts).toBe(1);
  });

  it('gives the same order for the same key and body, and says so', async () => {
    const key = unique('key');
    const first = await post({ key });
    const again = await postOrder(gateway, { key });
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(((await again.json()) as OrderView).id).toBe(first.id);
    await untilStatus(gateway, first.id, 'confirmed');
  });

  it('refuses a key that belongs to another order', async () => {
    const key = unique('key');
    const { id } = await post({ key });
    const other = await postOrder(gateway, { key, body: { order: SEED_ORDER, reference: 'another' } });
    expect(other.status).toBe(422);
    await untilStatus(gateway, id, 'confirmed');
  });

  it('makes one order of two hundred requests with one key at the same instant', async () => {
    await clearSandbox();
    const key = unique('key');
    const orders = await Promise.all(Array.from({ length: 200 }, () => post({ key })));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    await untilStatus(gateway, orders[0]?.id ?? '', 'confirmed');
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });

  it('stores the partner’s refusal word for word', async () => {
    await setFaults(sandbox, 'refuse');
    const { id } = await post();
    const order = await untilStatus(gateway, id, 'rejected');
    expect(order.troika.resultCode).not.toBe(0);
    await setFaults(sandbox, 'none');
  });

  it('never resends an order that was executed but not answered', async () => {
    await clearSandbox();
    await setFaults(sandbox, 'reset-after');
    const orders = await Promise.all(Array.from({ length: 5 }, () => post()));
    for (const { id } of orders) await untilStatus(gateway, id, 'unknown');
    await setFaults(sandbox, 'none');
    const { id } = await post();
    await untilStatus(gateway, id, 'confirmed');
    for (const order of orders)
      expect(await getOrder(gateway, order.id)).toMatchObject({ status: 'unknown', attempts: 1 });
    expect(await executedOrders(sandbox)).toHaveLength(6);
  });

  it('takes orders while the partner is down, and executes each once when it is back', async () => {
    await sandbox.close();
    const orders = await Promise.all(Array.from({ length: 10 }, () => post()));
    for (const { id } of orders) await untilStatus(gateway, id, 'retrying');
    await sandbox.reopen();
    const confirmed = await Promise.all(orders.map(({ id }) => untilStatus(gateway, id, 'confirmed')));
    const executed = await executedOrders(sandbox);
    expect(executed).toHaveLength(10);
    expect(new Set(executed.map(({ orderId }) => orderId))).toEqual(
      new Set(confirmed.map(({ troika }) => troika.orderId)),
    );
  });

  it('finishes calls in progress when it is stopped, and loses nothing', async () => {
    const orders = await Promise.all(Array.from({ length: 30 }, () => post()));
    expect(await gateway.stop()).toBe(0);
    const { rows } = await database.pool.query<{ status: string }>(
      `select distinct status from orders where id = any($1)`,
      [orders.map(({ id }) => id)],
    );
    for (const { status } of rows) expect(['accepted', 'confirmed']).toContain(status);
    await restart();
    for (const { id } of orders) await untilStatus(gateway, id, 'confirmed');
    expect(new Set((await executedOrders(sandbox)).map(({ orderId }) => orderId)).size).toBe(40);
  });

  it('logs one line per attempt, without anything of the order', () => {
    const attempts = gateway.log.filter(({ msg }) => msg === 'attempt');
    expect(attempts.length).toBeGreaterThan(0);
    for (const line of attempts) {
      expect(Object.keys(line).sort()).toEqual(Object.keys(attempts[0] ?? {}).sort());
    }
    const log = JSON.stringify(gateway.log);
    for (const secret of [
      '71044826548',
      '1234567890',
      ...Object.values(SECRETS).flatMap((text) => text.split(/[:,]/)),
    ]) {
      if (secret.startsWith('test-') || /^\d+$/.test(secret)) expect(log).not.toContain(secret);
    }
  });
});
