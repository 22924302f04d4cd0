import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

/** The routes without a key: probes, and files without secrets. */
const PUBLIC = [
  /^GET \/admin\/health(\/(live|ready))?$/,
  /^GET \/openapi\.json$/,
  /^GET \/docs(\/:file)?$/,
  /^GET \/problems\/:name$/,
  /^GET \/console(\/.*)?$/,
  /^GET \/admin\/queues(?!\/api\/)/,
];

function statusOf(port: number, method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    call.once('error', reject).end();
  });
}

describe('every route of both listeners', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const { servers, stop } = collectRoutes();

  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, {
      ROLES: 'loyalty,orders,admin',
      KOSHELEK_CREDENTIALS: 'wallet:a-password-of-the-tests',
      ORDERS_API_KEYS: 'shop:an-orders-key-of-the-tests',
      ADMIN_API_KEYS: 'ops:an-admin-key-of-the-tests',
      LOGIN_FAILURES_PER_ADDRESS: '1000000',
      LOGIN_FAILURES_TOTAL: '1000000',
    });
  });
  afterAll(async () => {
    stop();
    await gateway.stop();
    await database.close();
  });

  /** The path of a route, with values for its parameters. */
  const addressOf = (url: string): string => url.replaceAll(/:\w+/g, 'x').replaceAll('*', 'x');

  /** @returns the calls that are answered with another status than 401 */
  async function answeredWith(headers: Record<string, string>): Promise<string[]> {
    const open: string[] = [];
    for (const { server, routes } of servers) {
      for (const { method, url } of routes) {
        const { port } = server.server.address() as AddressInfo;
        if ((await statusOf(port, method, addressOf(url), headers)) !== 401) open.push(`${method} ${url}`);
      }
    }
    return open;
  }

  const unexpected = (open: readonly string[]): string[] =>
    open.filter((route) => !PUBLIC.some((pattern) => pattern.test(route.replace(/^HEAD /, 'GET '))));

  it('is walked: both listeners, with the calls of producers, operators and Кошелёк', () => {
    expect(servers).toHaveLength(2);
    const all = servers.flatMap(({ routes }) => routes.map(({ method, url }) => `${method} ${url}`));
    expect(all).toEqual(expect.arrayContaining(['POST /orders', 'POST /admin/orders/:id/resolve', 'GET /v1/*']));
  });

  it('answers 401 without a key, but for the short list', async () => {
    expect(unexpected(await answeredWith({}))).toEqual([]);
  });

  it.each([
    ['a wrong key', 'Bearer no-such-key-of-the-tests'],
    ['the credentials of Кошелёк as a key', 'Bearer wallet:a-password-of-the-tests'],
    ['a wrong password', `Basic ${Buffer.from('wallet:wrong').toString('base64')}`],
  ])('answers 401 with %s, but for the short list', async (_, authorization) => {
    expect(unexpected(await answeredWith({ authorization }))).toEqual([]);
  });

  it("refuses a producer's key below /admin, and an operator's key everywhere else", async () => {
    const below = (route: string): boolean => route.split(' ')[1]?.startsWith('/admin/') === true;
    const producer = unexpected(await answeredWith({ authorization: 'Bearer an-orders-key-of-the-tests' }));
    expect(producer.filter(below)).toEqual([]);
    const operator = unexpected(await answeredWith({ authorization: 'Bearer an-admin-key-of-the-tests' }));
    expect(operator.filter((route) => !below(route))).toEqual([]);
  });
});
