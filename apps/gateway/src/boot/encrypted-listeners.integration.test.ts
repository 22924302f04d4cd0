import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, get } from 'node:https';
import { connect as connectPlain, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { createLogger } from '../core/logger.js';
import { renewCertificates } from '../http/tls/renew-certificates.js';
import { readTlsOptions } from '../http/tls/tls-options.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { until } from '../testing/until.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

/** As many as one address may have open, and fewer. */
const STALLED = 40;

interface Pair {
  readonly cert: string;
  readonly private: string;
}

const makePair = (name: string): Promise<Pair> =>
  generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });

describe('listeners with TLS', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  let folder: string;
  let server: Pair;
  let client: Pair;
  const fileOf = (name: string): string => join(folder, name);
  const write = (pair: Pair): void => {
    writeFileSync(fileOf('key.pem'), pair.private);
    writeFileSync(fileOf('cert.pem'), pair.cert);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-tls-'));
    [server, client] = await Promise.all([makePair('first'), makePair('client')]);
    write(server);
    writeFileSync(fileOf('client.pem'), client.cert);
    database = await openTestDatabase();
    gateway = await startTestGateway(database, {
      ROLES: 'loyalty,orders,admin',
      KOSHELEK_CREDENTIALS: 'wallet:a-password-of-the-tests',
      ORDERS_API_KEYS: 'shop:an-orders-key-of-the-tests',
      ADMIN_API_KEYS: 'ops:an-admin-key-of-the-tests',
      TLS_CERT_FILE: fileOf('cert.pem'),
      TLS_KEY_FILE: fileOf('key.pem'),
      INTERNAL_TLS_CERT_FILE: fileOf('cert.pem'),
      INTERNAL_TLS_KEY_FILE: fileOf('key.pem'),
      INTERNAL_TLS_CLIENT_CA_FILE: fileOf('client.pem'),
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const internal = (): Pick<ConnectionOptions, 'cert' | 'key'> => ({ cert: client.cert, key: client.private });

  /** A connection that has been made, or why not. */
  const handshake = (url: string | undefined, options: ConnectionOptions = {}): Promise<TLSSocket> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(url ?? '');
      const socket = connect({ port: Number(port), host: '127.0.0.1', rejectUnauthorized: false, ...options });
      socket.once('error', reject).once('secureConnect', () => resolve(socket));
    });
  const nameOf = async (url: string | undefined, options?: ConnectionOptions): Promise<string> => {
    const socket = await handshake(url, options);
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  };

  it('answer over https, say so to browsers, and let no one keep or guess at a JSON answer', async () => {
    expect([gateway.publicUrl, gateway.internalUrl]).toEqual([
      expect.stringMatching(/^https:/),
      expect.stringMatching(/^https:/),
    ]);
    const answer = await new Promise<{ status?: number | undefined; headers: object }>((resolve, reject) => {
      const options = {
        ...internal(),
        ca: server.cert,
        headers: { authorization: 'Bearer an-orders-key-of-the-tests' },
      };
      get(`${gateway.internalUrl}/orders`, options, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      }).once('error', reject);
    });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });

  it('take no caller without a certificate of the client authority, where there is one', async () => {
    const stranger = await handshake(gateway.internalUrl, { maxVersion: 'TLSv1.2' }).catch(
      (error: Error) => error.message,
    );
    expect(stranger).toEqual(expect.any(String));
    expect(await nameOf(gateway.internalUrl, internal())).toBe('first');
  });

  it.each([
    ['TLS 1.2 without ECDHE', { maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' }],
    ['TLS 1.2 without authenticated encryption', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }],
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
  ] as const)('refuse %s', async (_, options) => {
    await expect(handshake(gateway.publicUrl, options)).rejects.toThrow();
    (await handshake(gateway.publicUrl, { maxVersion: 'TLSv1.2' })).destroy();
  });

  it('answer a caller that has closed its half of the connection', async () => {
    const socket = await handshake(gateway.publicUrl, { allowHalfOpen: true } as ConnectionOptions);
    socket.end('GET /v1/card HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('keep what they have while new files do not fit together, and take them once they do', async () => {
    const next = await makePair('second');
    writeFileSync(fileOf('cert.pem'), next.cert);
    process.emit('SIGHUP');
    expect(await nameOf(gateway.publicUrl)).toBe('first');
    writeFileSync(fileOf('key.pem'), next.private);
    process.emit('SIGHUP');
    expect(await nameOf(gateway.publicUrl)).toBe('second');
    expect(await nameOf(gateway.internalUrl, internal())).toBe('second');
  });

  it('answer a caller beside handshakes that stall, and end each of these in its time', async () => {
    const { port } = new URL(gateway.publicUrl ?? '');
    const stall = (at: number, index: number): Socket => {
      const socket = connectPlain({ host: '127.0.0.1', port: at, localAddress: '127.0.0.2' });
      socket.on('error', () => socket.destroy());
      // Nothing at all, or the first half of a greeting.
      if (index % 2 === 0) socket.write(Buffer.from('16030100a5010000a10303', 'hex'));
      return socket.resume();
    };
    const stalled = Array.from({ length: STALLED }, (_, index) => stall(Number(port), index));
    await Promise.all(stalled.map((socket) => once(socket, 'connect')));
    expect(await nameOf(gateway.publicUrl)).toBe('second');
    for (const socket of stalled) socket.destroy();

    const tls = { certFile: fileOf('cert.pem'), keyFile: fileOf('key.pem'), clientCaFile: undefined };
    const impatient = createServer(readTlsOptions(tls, 100)).listen(0, '127.0.0.1');
    await once(impatient, 'listening');
    const { port: own } = impatient.address() as AddressInfo;
    await Promise.all([0, 1].map((index) => once(stall(own, index), 'close')));
    impatient.close();
    // Half of what Node would wait, at the most.
    expect(readTlsOptions(tls).handshakeTimeout).toBeLessThanOrEqual(60_000);
  });

  it('notice on their own that their files have changed', async () => {
    const tls = { certFile: fileOf('cert.pem'), keyFile: fileOf('key.pem'), clientCaFile: undefined };
    const listener = createServer(readTlsOptions(tls)).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const stop = renewCertificates(listener, tls, createLogger('silent'), 20);
    write(await makePair('third'));
    const { port } = listener.address() as AddressInfo;
    const name = (): Promise<string> => nameOf(`https://127.0.0.1:${port}`);
    await until('the new certificate is there', async () => (await name()) === 'third' || undefined);
    stop();
    listener.close();
  });
});
