import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFastify } from '../http/fastify.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const RIGHT = {
  orders: 'a-key-of-the-shop',
  admin: 'a-key-of-an-operator',
  wallet: 'a-password-of-the-wallet',
} as const;

describe('failed logins', () => {
  let database: TestDatabase;
  let gateway: Gateway;

  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, {
      ROLES: 'loyalty,orders,admin',
      KOSHELEK_CREDENTIALS: `wallet:${RIGHT.wallet}`,
      ORDERS_API_KEYS: `shop:${RIGHT.orders}`,
      ADMIN_API_KEYS: `ops:${RIGHT.admin}`,
      LOGIN_FAILURES_PER_ADDRESS: '2',
      TRUSTED_PROXIES: '127.0.0.0/8',
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  const basic = (password: string): string => `Basic ${Buffer.from(`wallet:${password}`).toString('base64')}`;
  const from = (address: string, authorization: string) => ({
    headers: { authorization, 'x-forwarded-for': address },
  });
  const askShop = (address: string, key: string) =>
    fetch(`${gateway.internalUrl}/orders`, from(address, `Bearer ${key}`));
  const askCard = (address: string, password: string) =>
    fetch(`${gateway.publicUrl}/v1/card?msisdn=79160000000`, from(address, basic(password)));
  const asOperator = (path: string) =>
    fetch(gateway.internalUrl + path, { headers: { authorization: `Bearer ${RIGHT.admin}` } });

  it('beyond the limit are slowed down on the internal listener, and a right key is let in beside them', async () => {
    const guesses = [];
    for (let guess = 0; guess < 3; guess += 1) guesses.push((await askShop('203.0.113.1', `wrong-${guess}`)).status);
    expect(guesses).toEqual([401, 401, 429]);
    expect((await askShop('203.0.113.1', RIGHT.orders)).status).toBe(200);
    const late = await askShop('203.0.113.1', 'wrong');
    expect([late.status, late.headers.get('retry-after'), late.headers.get('connection')]).toEqual([
      429,
      '60',
      'close',
    ]);
    expect(await late.json()).toMatchObject({ status: 429, type: '/problems/too-many-failed-logins' });
  });

  it('beyond the limit keep the status that Кошелёк knows, and a right password is let in beside them', async () => {
    const answers = [];
    for (let guess = 0; guess < 3; guess += 1) {
      const answer = await askCard('203.0.113.2', `wrong-${guess}`);
      answers.push([answer.status, answer.headers.get('retry-after')]);
    }
    expect(answers).toEqual([
      [401, null],
      [401, null],
      [401, '60'],
    ]);
    expect((await askCard('203.0.113.2', RIGHT.wallet)).ok).toBe(true);
  });

  it('of another address behind the same proxy are not slowed down by them', async () => {
    expect((await askShop('203.0.113.3', 'wrong')).status).toBe(401);
  });

  it('without any credentials are not guesses', async () => {
    for (let call = 0; call < 4; call += 1) expect((await fetch(`${gateway.internalUrl}/orders`)).status).toBe(401);
  });

  it('are counted, and one operator event is open for them', async () => {
    const metrics = await (await asOperator('/admin/metrics')).text();
    expect(metrics).toContain('vestibule_login_failures_total{listener="internal",answer="slowed-down"} 2');
    expect(metrics).toContain('vestibule_login_failures_total{listener="public",answer="slowed-down"} 1');
    // A probe looks now rather than at the next round.
    const ready = (await (await asOperator('/admin/health/ready')).json()) as { status: string; conditions: object[] };
    expect(ready.status).toBe('ok');
    expect(ready.conditions).toContainEqual(expect.objectContaining({ kind: 'logins.failing' }));
    let events: unknown[] = [];
    while (events.length === 0) {
      const answer = await asOperator('/admin/events?kind=logins.failing');
      ({ events } = (await answer.json()) as { events: unknown[] });
    }
    expect(events).toEqual([expect.objectContaining({ severity: 'warning', closedAt: null })]);
  });
});

describe('X-Forwarded-For', () => {
  it('is believed from a named proxy only', async () => {
    const server = createFastify({
      answerFault: () => ({ status: 500, contentType: 'text/plain', body: '' }),
      bodyLimit: 1_024,
      trustedProxies: ['127.0.0.5'],
    });
    server.get('/', (request) => Promise.resolve(request.ip));
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const seenFrom = (localAddress: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const headers = { 'x-forwarded-for': '203.0.113.9' };
        const call = get({ host: '127.0.0.1', port, localAddress, headers, agent: false }, (answer) => {
          answer.setEncoding('utf8').once('data', resolve);
        });
        call.once('error', reject);
      });
    expect(await seenFrom('127.0.0.5')).toBe('203.0.113.9');
    expect(await seenFrom('127.0.0.6')).toBe('127.0.0.6');
    await server.close();
  });
});
