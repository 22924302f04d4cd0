import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNameServer, type NameServer } from '../../servers/name-server.mjs';
import { postOrder, SEED_ORDER, type OrderView, untilStatus } from '../harness/api.js';
import { call } from '../harness/calls.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/** More than a process has threads for look-ups, and more than it has slots for callbacks. */
const DEAD = 100;

interface DeliveryView {
  readonly id: string;
  readonly orderId: string;
}

describe('callbacks to hosts whose name servers are silent', () => {
  const { sandbox, receiver, start } = withGateway({ sandbox: true, receiver: true, running: false });
  let nameServer: NameServer;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    const names = Object.fromEntries(Array.from({ length: DEAD }, (_, index) => [hostOf(index), 'silent' as const]));
    nameServer = await startNameServer({ ...names, 'shop.example.com': ['127.0.0.1'] });
    const partner = new URL(sandbox.url);
    // A name, so that a connection needs a lookup.
    partner.hostname = 'localhost';
    gateway = await start({ TROIKA_URL: partner.href, CALLBACK_DNS_SERVERS: nameServer.address });
  });
  afterAll(() => nameServer.close());

  function hostOf(index: number): string {
    return `hooks-${index}.dead.example.com`;
  }

  async function post(callbackUrl?: string): Promise<OrderView> {
    const response = await postOrder(gateway, { body: { order: SEED_ORDER, callbackUrl } });
    expect(response.status).toBe(202);
    return (await response.json()) as OrderView;
  }

  it('fail with a reason of their own, while orders are sent at their first attempt', async () => {
    const [dead] = await Promise.all(
      Array.from({ length: DEAD }, (_, index) => post(`https://${hostOf(index)}:9443/`)),
    );
    await until('their names are asked about', async () =>
      nameServer.asked.some((name) => name.endsWith('.dead.example.com')) ? true : undefined,
    );
    expect(await untilStatus(gateway, (await post()).id, 'confirmed')).toMatchObject({ attempts: 1 });
    const { id } = await until('there is a delivery', async () => {
      const page = await call<{ deliveries: DeliveryView[] }>(
        gateway,
        'GET',
        `/callbacks/deliveries?orderId=${dead!.id}`,
      );
      return page.body.deliveries[0];
    });
    const attempt = await until('the first attempt has ended', async () => {
      const one = await call<{ attempts: { outcome: string | null }[] }>(gateway, 'GET', `/callbacks/deliveries/${id}`);
      return one.body.attempts.find(({ outcome }) => outcome !== null);
    });
    expect(attempt).toMatchObject({
      outcome: 'dns-timeout',
      httpStatus: null,
      detail: 'The name servers of the host did not answer in time.',
    });
  });

  it('do not hide names that are known: these are resolved, and called', async () => {
    const { port } = new URL(receiver.url);
    const answer = await call<{ outcome: string }>(gateway, 'POST', '/callbacks/test', {
      body: { url: `https://shop.example.com:${port}/` },
    });
    // The receiver's certificate is for its address.
    expect(answer.body.outcome).toBe('tls');
    expect(nameServer.asked).toContain('shop.example.com');
  });
});
