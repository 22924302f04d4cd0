import { afterEach, describe, expect, it } from '@jest/globals';
import { startConnectProxy, type ConnectProxy } from '@vestibule/troika-client/connect-proxy';
import type { TunnelTarget } from '../../egress/checked-tunnel.js';
import type { Resolve } from '../../egress/checked-lookup.js';
import { LOOPBACK } from '../../testing/loopback.js';
import { startReceiver, type Receiver } from '../../testing/receiver.js';
import { createSender } from './testing/company.js';

const AUTHORIZATION = `Basic ${Buffer.from('agent:proxy-password').toString('base64')}`;
const WEBHOOK = { id: 'evt_1', body: Buffer.from('{}') };

describe('callbacks through a proxy', () => {
  let proxy: ConnectProxy;
  let receiver: Receiver;
  afterEach(() => Promise.all([proxy.close(), receiver.close()]));

  /** One callback to a name that leads to `addresses`, with what the proxy answers to CONNECT unless it opens a tunnel. */
  async function send(
    target: TunnelTarget,
    addresses: readonly string[],
    { host = 'shop.example.com', answer }: { host?: string; answer?: string } = {},
  ) {
    [proxy, receiver] = await Promise.all([startConnectProxy(answer), startReceiver()]);
    const { port } = new URL(receiver.url);
    const resolve: Resolve = async () => addresses.map((address) => ({ address, family: 4 }));
    const way = { proxy: { host: 'localhost', port: proxy.port, authorization: AUTHORIZATION }, target };
    const sender = createSender({ wayTo: () => way, allowedNetworks: LOOPBACK }, { resolve });
    const result = await sender.send('shop', `http://${host}:${port}/hook`, WEBHOOK);
    expect(JSON.stringify(result)).not.toContain(AUTHORIZATION);
    return { result, port, asked: proxy.asked.map((head) => head.split('\r\n')[0]) };
  }

  it('go in a tunnel to the address that was resolved and checked here, under the name', async () => {
    const { result, port, asked } = await send('address', ['127.0.0.1', '127.0.0.2']);
    expect(result).toMatchObject({ kind: 'answered', httpStatus: 204 });
    expect(asked).toEqual([`CONNECT 127.0.0.1:${port} HTTP/1.1`]);
    expect(proxy.asked[0]).toContain(`Proxy-Authorization: ${AUTHORIZATION}`);
    expect(receiver.received[0]?.headers.host).toBe(`shop.example.com:${port}`);
    expect(JSON.stringify(receiver.received[0]?.headers)).not.toContain(AUTHORIZATION);
  });

  it('ask the proxy for nothing where one address of the name is forbidden', async () => {
    const { result, asked } = await send('address', ['127.0.0.1', '10.0.0.5']);
    expect(result).toMatchObject({ kind: 'failed', reason: 'forbidden-target' });
    expect(asked).toEqual([]);
  });

  it('leave the name to a proxy that is to resolve it, and say what the proxy refuses', async () => {
    const refusal = 'HTTP/1.1 403 Forbidden\r\n\r\n';
    const { result, port, asked } = await send('name', ['10.0.0.5'], { answer: refusal });
    expect(asked).toEqual([`CONNECT shop.example.com:${port} HTTP/1.1`]);
    expect(result).toMatchObject({
      reason: 'connection',
      detail: 'No way through the proxy: the proxy answered HTTP 403.',
    });
  });

  it.each(['address', 'name'] as const)(
    'ask for no forbidden address either that stands in the text (%s)',
    async (target) => {
      const { result, asked } = await send(target, [], { host: '10.0.0.5' });
      expect(result).toMatchObject({ kind: 'failed', reason: 'forbidden-target' });
      expect(asked).toEqual([]);
    },
  );
});
