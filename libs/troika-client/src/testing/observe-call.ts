import { expect } from '@jest/globals';
import type { TroikaClientOptions } from '../client.js';
import type { CallResult } from '../outcome.js';
import type { Certificate } from './certificate.js';
import { CREDENTIALS, makeClient, SECRETS, EXAMPLE_BODY } from './clients.js';
import { leavingNothingOpen } from './open-resources.js';
import { startRawServer, type RawServer, type Script } from './raw-server.js';

/** A call to its own server, and everything that the server received. */
export interface Observed {
  readonly result: CallResult;
  readonly server: Pick<RawServer, 'connections' | 'requests' | 'bytesReceived'>;
}

export interface ObserveOptions {
  readonly scheme?: 'http' | 'https';
  /** The server uses TLS with it. */
  readonly certificate?: Certificate;
  readonly client?: Partial<TroikaClientOptions>;
  /** How the client calls the server's address. */
  readonly host?: string;
}

/**
 * Makes one call of app_create_order against a server that follows the script, and checks what holds for every call
 * in all cases: one connection and no second one, at most one request, nothing left open, no secret shown.
 */
export function observeCall(script: Script, options: ObserveOptions = {}): Promise<Observed> {
  return leavingNothingOpen(async () => {
    const server = await startRawServer(script, options.certificate);
    try {
      const scheme = options.scheme ?? (options.certificate === undefined ? 'http' : 'https');
      const url = `${scheme}://${options.host ?? '127.0.0.1'}:${server.port}/api/v3?agent=1`;
      const result = await makeClient(url, options.client).call('app_create_order', EXAMPLE_BODY);
      await server.untilAbandoned();
      expect(server.connections()).toBe(1);
      expect(server.requests.length).toBeLessThanOrEqual(1);
      expectNoSecret(result);
      return { result, server };
    } finally {
      await server.close();
    }
  });
}

/** Checks that an outcome can be logged, stored and shown as it is. */
export function expectNoSecret(result: CallResult): void {
  const shown = JSON.stringify(result);
  for (const secret of [...Object.values(SECRETS), CREDENTIALS, CREDENTIALS.replaceAll('/', '\\/')]) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(JSON.stringify(secret).slice(1, -1));
  }
}
