import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { collectRoutes } from '../testing/collect-routes.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import type { Gateway } from './gateway.js';
import { CALLERS_ENV, makeCallers, verdictFor, type Caller } from './testing/callers.js';
import { PERMISSIONS } from './testing/permissions.js';
import { startTestGateway } from './testing/start-test-gateway.js';

interface Route {
  /** As in the table: one row for a GET and its HEAD, and one for all verbs of a path of Кошелёк. */
  readonly row: string;
  readonly method: string;
  readonly url: string;
  readonly port: number;
}

describe('the table of permissions', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  let callers: readonly Caller[];
  let routes: readonly Route[];
  const { servers, stop } = collectRoutes();

  beforeAll(async () => {
    database = await openTestDatabase();
    callers = await makeCallers(database.pool);
    gateway = await startTestGateway(database, { ROLES: 'loyalty,orders,admin', ...CALLERS_ENV });
    routes = servers.flatMap(({ server, routes: served }) => {
      const { port } = server.server.address() as AddressInfo;
      const isPublic = port === Number(new URL(gateway.publicUrl ?? '').port);
      const verbOf = (method: string): string => (isPublic ? 'ANY' : method === 'HEAD' ? 'GET' : method);
      // The files of the pages have names that change with them, and Bull Board has many calls, which all read.
      const rowOf = (url: string): string =>
        url
          .replace(/^(\/console|\/admin\/queues\/api)\/.+/, '$1/*')
          .replace(/^\/admin\/queues(?!\/api\/).*/, '/admin/queues/*');
      return served.map(({ method, url }) => ({ row: `${verbOf(method)} ${rowOf(url)}`, method, url, port }));
    });
  });
  afterAll(async () => {
    stop();
    await gateway.stop();
    await database.close();
  });

  function call({ method, url, port }: Route, { authorization }: Caller): Promise<{ status: number; text: string }> {
    const path = url.replace(':id', randomUUID()).replaceAll(/:\w+|\*/g, 'x');
    const headers = authorization === undefined ? {} : { authorization };
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      })
        .once('error', reject)
        .end();
    });
  }

  it('has a row for each route of both listeners, and none for a route that is not there', () => {
    expect(servers).toHaveLength(2);
    expect([...new Set(routes.map(({ row }) => row))].toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted());
  });

  it.each(Object.entries(PERMISSIONS))('opens %s to %s alone, of all sorts of callers', async (row, permission) => {
    const expected: object[] = [];
    const found: object[] = [];
    for (const route of routes.filter((one) => one.row === row)) {
      for (const caller of callers) {
        const { status, text } = await call(route, caller);
        const about = { method: route.method, caller: caller.name };
        expected.push({ ...about, verdict: verdictFor(caller, permission) });
        found.push({ ...about, verdict: status === 401 || status === 403 ? status : 'let in' });
        // Who is refused for a right learns which one is missing.
        if (status === 403 && route.method !== 'HEAD') expect(text).toContain(permission);
      }
    }
    expect(found).toEqual(expected);
  });
});
