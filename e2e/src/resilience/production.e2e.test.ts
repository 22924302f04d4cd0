import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runGatewayToEnd } from '../harness/gateway-process.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

describe('the production entry point', () => {
  const { database, start } = withGateway({ running: false });

  it('refuses a demo secret and a missing one, naming the variables and showing no secret', async () => {
    const { code, said } = await runGatewayToEnd({
      ORDERS_API_KEYS: 'shop:demo-orders-key',
      TROIKA_URL: '',
      DATABASE_URL: database.url,
    });
    expect(code).toBe(1);
    expect(said.split('\n').filter(Boolean)).toEqual([
      'vestibule: TROIKA_URL is missing; the role worker needs it (.env.example says what goes there)',
      'vestibule: ORDERS_API_KEYS holds a demo secret, which everyone can read in the source; allowed: a secret of your own',
    ]);
  });

  it('explains in one line why it cannot reach the database', async () => {
    const { code, said } = await runGatewayToEnd({
      ROLES: 'loyalty',
      DATABASE_URL: 'postgres://u:p4ssw0rd@127.0.0.1:1/db',
    });
    expect(code).toBe(1);
    expect(said).toMatch(/^vestibule: DATABASE_URL leads nowhere .*\n$/);
    expect(said).not.toContain('p4ssw0rd');
  });

  it('migrates the database by a separate command that needs only the address and can be repeated', async () => {
    const migrate = fileURLToPath(new URL('../../../apps/gateway/dist/migrate.js', import.meta.url));
    const run = () =>
      promisify(execFile)(process.execPath, [migrate], {
        env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, LOG_LEVEL: 'warn' },
      });
    for (const { stdout } of [await run(), await run()])
      expect(stdout).toBe('The database has the schema that this release needs.\n');
    const { rowCount } = await database.pool.query('select from schema_migrations');
    expect(rowCount).toBeGreaterThanOrEqual(5);
  });

  it('goes on for SHUTDOWN_DELAY_SECS after a signal, and says meanwhile that it is not ready', async () => {
    const gateway = await start({ ROLES: 'loyalty', SHUTDOWN_DELAY_SECS: '3' });
    expect(gateway.log[0]).toMatchObject({ msg: 'starting', version: expect.any(String), node: process.versions.node });
    const stopped = gateway.stop();
    const ready = (): Promise<Response> => fetch(`${gateway.internalUrl}/admin/health/ready`);
    const refusing = await until('it is not ready', async () => {
      const answer = await ready();
      return answer.status === 503 ? answer : undefined;
    });
    expect(await refusing.json()).toMatchObject({ status: 'stopping', database: 'up' });
    expect((await fetch(`${gateway.publicUrl}/v1/card?msisdn=79160000000`)).status).toBe(401);
    expect(await stopped).toBe(0);
    await expect(ready()).rejects.toThrow('fetch failed');
  });

  it('runs each role separately: only loyalty opens the public port, and every process answers probes', async () => {
    for (const role of ['loyalty', 'orders', 'worker', 'admin']) {
      const gateway = await start({ ROLES: role, TROIKA_URL: 'http://127.0.0.1:1/' });
      expect(gateway.publicUrl === 'undefined').toBe(role !== 'loyalty');
      const live = await fetch(`${gateway.internalUrl}/admin/health/live`);
      expect(await live.json()).toEqual({ status: 'ok' });
      const ready = await fetch(`${gateway.internalUrl}/admin/health/ready`);
      expect([ready.status, await ready.json()]).toEqual([
        200,
        expect.objectContaining({ status: 'ok', database: 'up' }),
      ]);
      const orders = await fetch(`${gateway.internalUrl}/orders`, { method: 'POST' });
      expect(orders.status).toBe(role === 'orders' ? 401 : 404);
      expect(await gateway.stop()).toBe(0);
    }
  });
});
