import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makeKey } from '../api-keys/make-key.js';
import { includesRole, OPERATOR_ROLES, type OperatorRole } from '../config/operator-roles.js';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

/** What each call of operators needs: viewers read, operators decide, admins give rights and change what is for good. */
const NEEDED: Readonly<Record<string, OperatorRole>> = {
  'GET /admin/metrics': 'viewer',
  'GET /admin/loyalty/calls': 'viewer',
  'GET /admin/orders': 'viewer',
  'GET /admin/orders/:id': 'viewer',
  'GET /admin/orders/:id/check': 'operator',
  'POST /admin/orders/:id/resolve': 'operator',
  'POST /admin/orders/:id/replay': 'operator',
  'POST /admin/orders/replay': 'operator',
  'POST /admin/orders/purge': 'operator',
  'GET /admin/orders/plans': 'viewer',
  'POST /admin/orders/plans': 'operator',
  'GET /admin/orders/plans/:id': 'viewer',
  'GET /admin/orders/plans/:id/events': 'viewer',
  'POST /admin/orders/plans/:id/run': 'operator',
  'POST /admin/orders/plans/:id/stop': 'operator',
  'GET /admin/whoami': 'viewer',
  'GET /admin/order-counts': 'viewer',
  'GET /admin/piles': 'viewer',
  'GET /admin/audit': 'viewer',
  'GET /admin/events': 'viewer',
  'GET /admin/alerts': 'viewer',
  'POST /admin/alerts/test': 'operator',
  'GET /admin/sending': 'viewer',
  'POST /admin/sending/stop': 'operator',
  'POST /admin/sending/resume': 'operator',
  'GET /admin/cards': 'viewer',
  'GET /admin/cards/:number': 'viewer',
  'POST /admin/cards/:number/block': 'operator',
  'POST /admin/cards/:number/unblock': 'operator',
  'POST /admin/cards/:number/balance': 'operator',
  'POST /admin/erasures': 'admin',
  'POST /admin/import/:kind': 'admin',
  'GET /admin/keys': 'admin',
  'POST /admin/keys': 'admin',
  'POST /admin/keys/:id/rotate': 'admin',
  'POST /admin/keys/:id/revoke': 'admin',
};

describe("operators' keys", () => {
  let database: TestDatabase;
  let gateway: Gateway;
  const secrets = new Map<OperatorRole, string>();
  const { servers, stop } = collectRoutes();

  beforeAll(async () => {
    database = await openTestDatabase();
    const rights = { audience: 'admin', scopes: null, addresses: [], expiresAt: null } as const;
    for (const role of OPERATOR_ROLES) {
      const made = await makeKey(database.pool, { ...rights, name: role, role }, { who: 'ops', why: undefined });
      secrets.set(role, made?.secret ?? '');
    }
    gateway = await startTestGateway(database, { ROLES: 'admin', ADMIN_API_KEYS: 'ops:bootstrap-key' });
  });
  afterAll(async () => {
    stop();
    await gateway.stop();
    await database.close();
  });

  async function call(route: string, key: string): Promise<{ status: number; text: string }> {
    const [method = '', path = ''] = route.split(' ');
    const url = `${gateway.internalUrl}${path.replace(':id', randomUUID()).replace(/:\w+/, 'x')}`;
    const answer = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, text: await answer.text() };
  }

  it('have a row in the table for every route below /admin but health', () => {
    const routes = servers[0]?.routes.map(({ method, url }) => `${method} ${url}`) ?? [];
    const closed = routes.filter((route) => /^(?!HEAD|OPTIONS)\w+ \/admin\/(?!health\b)/.test(route));
    const isOfBoard = (route: string): boolean => / \/admin\/queues\b/.test(route);
    expect(closed.filter((route) => !isOfBoard(route)).toSorted()).toEqual(Object.keys(NEEDED).toSorted());
    // Bull Board has many, which all read.
    const board = closed.filter(isOfBoard);
    expect(board).toContain('GET /admin/queues/api/queues');
    expect(board.filter((route) => !route.startsWith('GET '))).toEqual([]);
  });

  it.each(Object.entries(NEEDED))('make the call %s from the role %s on', async (route, needed) => {
    for (const role of OPERATOR_ROLES) {
      const { status, text } = await call(route, secrets.get(role) ?? '');
      if (includesRole(role, needed)) expect({ role, status }).not.toMatchObject({ status: 403 });
      else expect({ role, status, text }).toMatchObject({ status: 403, text: expect.stringContaining(needed) });
    }
  });

  it('of the settings may make every call', async () => {
    for (const route of Object.keys(NEEDED)) {
      const { status } = await call(route, 'bootstrap-key');
      expect({ route, isRefused: [401, 403].includes(status) }).toEqual({ route, isRefused: false });
    }
  });
});
