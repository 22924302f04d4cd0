import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { until } from '../testing/until.js';

interface ShownQueue {
  readonly name: string;
  readonly readOnlyMode: boolean;
  readonly jobs: readonly { readonly data: { readonly orderId: string } }[];
}

const { TEST_REDIS_URL: redisUrl } = process.env;
const QUEUES: Readonly<Record<string, string>> = {
  PostgreSQL: '',
  ...(redisUrl === undefined ? {} : { Redis: redisUrl }),
};

describe.each(Object.entries(QUEUES))('Bull Board at /admin/queues, with the queue in %s', (_, address) => {
  let database: TestDatabase;
  let gateway: Gateway;
  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, {
      ROLES: 'orders,admin',
      REDIS_URL: address,
      ADMIN_API_KEYS: 'ops:an-admin-key-of-the-tests',
      ORDERS_API_KEYS: 'shop:an-orders-key-of-the-tests',
    });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  const get = (path: string, authorization?: string, method = 'GET'): Promise<Response> =>
    fetch(`${gateway.internalUrl}/admin/queues${path}`, {
      method,
      headers: authorization === undefined ? {} : { authorization },
    });
  const OPERATOR = 'Bearer an-admin-key-of-the-tests';
  async function placeOrder(): Promise<string> {
    const posted = await fetch(`${gateway.internalUrl}/orders`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer an-orders-key-of-the-tests',
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        order: {
          orderData: [{ type: 'owncard', cardNumber: '0012345678', tariffId: 2671, currencyId: 'RUB' }],
          regionId: 77,
          phone: '+79160000001',
          writeRemote: true,
        },
      }),
    });
    const { id } = (await posted.json()) as { id: string };
    return id;
  }

  it('is a page of its own files, with a policy of its own', async () => {
    const page = await get('');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const html = await page.text();
    expect(html).toContain('<base href="/admin/queues/"');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    const files = [...html.matchAll(/(?:src|href)="((?!\/)[^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toContain('session.js');
    for (const file of files) expect({ file, status: (await get(`/${file}`)).status }).toMatchObject({ status: 200 });
    expect((await get('/queue/send')).status).toBe(200);
  });

  it('shows jobs to operators only, and of an order nothing but its id', async () => {
    const id = await placeOrder();
    expect((await get('/api/queues')).status).toBe(401);
    expect((await get('/api/queues', 'Bearer an-orders-key-of-the-tests')).status).toBe(401);
    const { queue, data } = await until('the job is in the queue', async () => {
      const answer = await get('/api/queues?activeQueue=send&status=waiting&page=1&jobsPerPage=10', OPERATOR);
      const { queues } = (await answer.json()) as { queues: readonly ShownQueue[] };
      const [queue] = queues;
      const data = queue?.jobs.find((job) => job.data.orderId === id)?.data;
      return queue === undefined || data === undefined ? undefined : { queue, data };
    });
    expect(queue).toMatchObject({ name: 'send', readOnlyMode: true });
    expect(data).toEqual({ orderId: id, generation: expect.any(Number) });
  });

  it('has no call that changes a queue', async () => {
    for (const path of ['/api/queues/pause', '/api/queues/send/pause', '/api/queues/send/empty']) {
      expect({ path, status: (await get(path, OPERATOR, 'PUT')).status }).toMatchObject({ status: 404 });
    }
  });

  it('is served by a process that only has the role admin, too', async () => {
    const other = await startTestGateway(database, {
      ROLES: 'admin',
      ADMIN_API_KEYS: 'ops:an-admin-key-of-the-tests',
      REDIS_URL: address,
    });
    const answer = await fetch(`${other.internalUrl}/admin/queues/api/queues`, {
      headers: { authorization: OPERATOR },
    });
    expect({ status: answer.status, text: await answer.text() }).toMatchObject({
      status: 200,
      text: expect.stringContaining('"name":"send"'),
    });
    await other.stop();
  });
});
