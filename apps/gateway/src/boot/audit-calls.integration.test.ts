import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';

interface Entry {
  readonly who: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

describe('GET /admin/audit', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const orderId = randomUUID();
  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, { ROLES: 'admin', ADMIN_API_KEYS: 'ops:an-admin-key-of-the-tests' });
    await database.pool.query(
      `insert into audit (at, who, action, order_id, why, details) values
         ('2026-05-01T00:00:00Z', 'ann', 'order.resolve', $1, '=HYPERLINK("http://example.org")', '{}'),
         ('2026-05-02T00:00:00Z', 'ann', 'orders.purge', null, 'old; "broken"', jsonb_build_object('orders', array[$1])),
         ('2026-05-03T00:00:00Z', 'bob', 'card.block', null, '+1', '{}')`,
      [orderId],
    );
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  interface CallOptions extends Omit<RequestInit, 'headers'> {
    readonly headers?: Readonly<Record<string, string>>;
  }
  const call = (path: string, { headers, ...options }: CallOptions = {}): Promise<Response> =>
    fetch(gateway.internalUrl + path, {
      ...options,
      headers: { authorization: 'Bearer an-admin-key-of-the-tests', ...headers },
    });
  async function find(query: string): Promise<readonly Entry[]> {
    const response = await call(`/admin/audit?${query}`);
    return ((await response.json()) as { entries: readonly Entry[] }).entries;
  }
  const actions = async (query: string): Promise<string[]> => (await find(query)).map(({ action }) => action);

  it('is filtered by who, action, order and time', async () => {
    expect(await actions('who=ann')).toEqual(['orders.purge', 'order.resolve']);
    expect(await actions('action=card.block')).toEqual(['card.block']);
    expect(await actions(`order=${orderId}`)).toEqual(['orders.purge', 'order.resolve']);
    expect(await actions('from=2026-05-02T00:00:00Z&to=2026-05-03T00:00:00Z')).toEqual(['orders.purge']);
    expect((await call('/admin/audit?action=guess&order=7')).status).toBe(422);
  });

  it('is exported as CSV, in which no cell is computed by a spreadsheet', async () => {
    const response = await call('/admin/audit?limit=1&to=2026-06-01T00:00:00Z', { headers: { accept: 'text/csv' } });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = bytes.toString().slice(1).trimEnd().split('\r\n');
    expect(lines[0]).toBe('"id","at","who","action","orderId","cardNumber","why","details","position","hash"');
    expect(lines.map((line) => line.split(',')[3])).toEqual(
      ['action', 'card.block', 'orders.purge', 'order.resolve'].map((action) => `"${action}"`),
    );
    expect(lines[1]).toContain(`"'+1"`);
    expect(lines[2]).toContain('"old; ""broken"""');
    expect(lines[3]).toContain(`"'=HYPERLINK(""http://example.org"")"`);
  });

  it('has an import twice, when it begins and with what came of it, and a dry run not at all', async () => {
    const headers = { 'content-type': 'text/csv' };
    const body = 'phone;name;value\n79160000001;discount;10\nno phone;discount;10\n';
    for (const path of ['/admin/import/special-phones?dryRun=true', '/admin/import/special-phones']) {
      const response = await call(path, { method: 'POST', headers, body });
      expect({ status: response.status, text: await response.text() }).toMatchObject({ status: 200 });
    }
    const entries = (await find('from=2026-06-01T00:00:00Z')).filter(({ action }) => action.startsWith('import.'));
    expect(entries).toMatchObject([
      {
        who: 'ops',
        action: 'import.end',
        details: { kind: 'special-phones', outcome: 'done', created: 1, rejected: 1 },
      },
      { who: 'ops', action: 'import.begin', details: { kind: 'special-phones' } },
    ]);
  });
});
