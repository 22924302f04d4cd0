import { expect, it } from '@jest/globals';
import { postOrder, type OrderView } from '../harness/api.js';
import { expectEachExecutedOnce } from '../harness/executed-once.js';
import { unique } from '../harness/queues.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const { gateway, sandbox, proxy } = withGateway({ proxied: true, sandbox: true, env: { SWEEP_GRACE_MS: '300' } });

/** Posts as a producer does: again under its key until it is accepted. */
async function place(): Promise<OrderView> {
  const key = unique('silent');
  return await until('the order is accepted', async () => {
    const response = await postOrder(gateway, { key });
    return response.status === 202 ? ((await response.json()) as OrderView) : undefined;
  });
}

it('continues sending when every connection to PostgreSQL has fallen silent', async () => {
  const before = await Promise.all(Array.from({ length: 20 }, place));
  proxy.silence();
  const after = await Promise.all(Array.from({ length: 20 }, place));
  await expectEachExecutedOnce(gateway, sandbox, [...before, ...after]);
  const given = gateway.log.filter(({ error }) => JSON.stringify(error ?? '').includes('fell silent'));
  expect(given).not.toEqual([]);
});
