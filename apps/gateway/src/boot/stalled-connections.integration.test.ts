import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { until } from '../testing/until.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const CREDENTIALS = `Basic ${Buffer.from('wallet:a-password-of-the-tests').toString('base64')}`;
const SEARCH = `GET /v1/card?msisdn=79160000000 HTTP/1.1\r\nHost: x\r\nAuthorization: ${CREDENTIALS}\r\n`;
/** How many there are of each kind. */
const STALLED = 60;
const PIPELINING = 50;
/** As many as fit into what Node reads at once. */
const PIPELINED = 3_640;
/** Far more than any number of callers that are refused needs, and less than what 180,000 requests take. */
const MOST_GROWTH_BYTES = 150 * 1024 * 1024;

describe('a gateway beside connections that stall it', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, {
      ROLES: 'loyalty,orders,admin',
      KOSHELEK_CREDENTIALS: 'wallet:a-password-of-the-tests',
      ORDERS_API_KEYS: 'shop:an-orders-key-of-the-tests',
      ADMIN_API_KEYS: 'ops:an-admin-key-of-the-tests',
    });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await gateway.stop();
    await database.close();
  });

  const open = (url: string | undefined, bytes: string | Buffer, localAddress = '127.0.0.2'): Socket => {
    const { hostname: host, port } = new URL(url ?? '');
    const socket = connect({ host, port: Number(port), localAddress });
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.write(bytes);
    return socket;
  };

  it('answers a valid search, and its memory stays bounded', async () => {
    const before = process.memoryUsage().rss;
    const json = 'Host: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n';
    const stalls: readonly (string | Buffer)[] = [
      '',
      'GET /v1/card?msisdn=7916',
      `POST /v1/promo/code HTTP/1.1\r\n${json}Authorization: ${CREDENTIALS}\r\n\r\n{"code":`,
      `POST /v1/promo/code HTTP/1.1\r\n${json}\r\n{"code":`,
      Buffer.from('16030100a5010000a10303', 'hex'),
    ];
    for (const bytes of stalls) for (let at = 0; at < STALLED; at += 1) open(gateway.publicUrl, bytes);
    for (let at = 0; at < STALLED; at += 1) {
      open(gateway.publicUrl, `${SEARCH}\r\n`.repeat(4), '127.0.0.3').pause();
    }
    const pipelining = Array.from({ length: PIPELINING }, () =>
      open(gateway.publicUrl, 'GET / HTTP/1.1\r\n\r\n'.repeat(PIPELINED), '127.0.0.4').resume(),
    );
    const search = (): Promise<string> =>
      text(open(gateway.publicUrl, `${SEARCH}Connection: close\r\n\r\n`, '127.0.0.1'));
    expect(await search()).toMatch(/^HTTP\/1\.1 200 /);
    await until(
      'the pipelining callers are cut off',
      () => pipelining.every((socket) => socket.destroyed) || undefined,
    );
    expect(await search()).toMatch(/^HTTP\/1\.1 200 /);
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH_BYTES);
  });

  it.each([
    ['without a key', ''],
    ['with a wrong key', 'Authorization: Bearer no-such-key\r\n'],
  ])('refuses a batch of 30 MB %s before any of it has come, and closes the connection', async (_, key) => {
    const head = `POST /orders/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 30000000\r\n${key}`;
    const answer = await text(open(gateway.internalUrl, `${head}\r\n`, '127.0.0.1'));
    expect(answer).toMatch(/^HTTP\/1\.1 401 [^]*\r\nconnection: close\r\n[^]*"status":401/i);
  });

  it('lets a caller without a right password ask once for each connection', async () => {
    const guesses = 'GET /v1/card?msisdn=79160000000 HTTP/1.1\r\nHost: x\r\nAuthorization: Basic eDp5\r\n\r\n';
    const answers = await text(open(gateway.publicUrl, guesses.repeat(5), '127.0.0.1'));
    expect(answers.match(/HTTP\/1\.1 401 /g)).toHaveLength(1);
  });

  it('refuses a body of far too many values without parsing it', async () => {
    const answer = await fetch(`${gateway.internalUrl}/orders/batch`, {
      method: 'POST',
      headers: { authorization: 'Bearer an-orders-key-of-the-tests', 'content-type': 'application/json' },
      body: `{"orders":[${'[],'.repeat(1_000_000)}[]]}`,
    });
    expect(answer.status).toBe(413);
  });
});
