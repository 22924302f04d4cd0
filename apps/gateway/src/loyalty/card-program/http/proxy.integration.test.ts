import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { startConnectProxy, type ConnectProxy } from '@vestibule/troika-client/connect-proxy';
import { answer, programmeAt, startOwnSystem, type OwnSystemStandIn } from './testing/own-system.js';

const AUTHORIZATION = `Basic ${Buffer.from('agent:proxy-password').toString('base64')}`;

describe('HttpCardProgram behind a proxy', () => {
  let system: OwnSystemStandIn;
  let proxy: ConnectProxy;
  beforeEach(async () => {
    system = await startOwnSystem();
    system.behaviour = answer(200, { card: null });
  });
  afterEach(() => Promise.all([system.stop(), proxy.close()]));

  async function programme(refusal?: string) {
    proxy = await startConnectProxy(refusal);
    return programmeAt(system.url, { proxy: { host: '127.0.0.1', port: proxy.port, authorization: AUTHORIZATION } });
  }

  it('calls the system in tunnels that are kept for further calls, which have nothing of the proxy’s credentials', async () => {
    const behind = await programme();
    for (let call = 0; call < 3; call += 1) {
      expect(await behind.findCard({ email: 'anna@example.com' })).toMatchObject({ kind: 'done' });
    }
    expect(proxy.asked.length).toBeLessThan(3);
    expect(proxy.asked[0]).toMatch(new RegExp(`^CONNECT ${new URL(system.url).host} HTTP/1.1\r\n`));
    expect(proxy.asked[0]?.toLowerCase()).toContain(`proxy-authorization: ${AUTHORIZATION}`.toLowerCase());
    expect(system.calls).toHaveLength(3);
    expect(inspect(system.calls, { depth: 5 })).not.toContain(AUTHORIZATION);
  });

  it('takes a proxy that opens no tunnel for an outage, and shows no credentials', async () => {
    const behind = await programme('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    const error: unknown = await behind.findCard({ email: 'anna@example.com' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ failure: 'ownSystemUnavailable' });
    expect(inspect(error, { depth: 10 })).not.toContain(AUTHORIZATION);
    expect(system.calls).toEqual([]);
  });
});
