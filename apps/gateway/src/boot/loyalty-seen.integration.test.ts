import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportView, RejectionView } from '../loyalty/import/import-answers.js';
import { NOTHING_YET, type ImportEvent } from '../loyalty/import/pipeline/import-file.js';
import { recordImport } from '../loyalty/import/record-import.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { until } from '../testing/until.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const ENV = { KOSHELEK_CREDENTIALS: 'wallet:test-wallet-password', ADMIN_API_KEYS: 'ops:test-admin-key' };
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('what operators see of the loyalty side', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  beforeAll(async () => {
    database = await openTestDatabase();
    gateway = await startTestGateway(database, { ROLES: 'loyalty,admin', ...ENV });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  const headers = { authorization: 'Bearer test-admin-key' };
  const read = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${gateway.internalUrl}/admin${path}`, { headers })).json()) as T;
  const imports = async (): Promise<readonly ImportView[]> =>
    (await read<{ imports: ImportView[] }>('/imports')).imports;

  it('has each import with its totals and the lines that it has rejected, without their values', async () => {
    const body = 'phone;name;value\n79160000001;discount;10\na cat;discount;10\n';
    for (const path of ['/special-phones?dryRun=true', '/special-phones']) {
      const sent = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body };
      expect(await (await fetch(`${gateway.internalUrl}/admin/import${path}`, sent)).text()).toContain('done');
    }
    const [made, ...others] = await until('the import is over', async () => {
      const all = await imports();
      return all[0]?.endedAt == null ? undefined : all;
    });
    expect(others).toEqual([]);
    expect(made).toMatchObject({ kind: 'special-phones', who: 'ops', beganBy: 'call', outcome: 'done' });
    expect(made).toMatchObject({ lines: 2, created: 1, changed: 0, unchanged: 0, rejected: 1 });
    const { rejections } = await read<{ rejections: RejectionView[] }>(`/imports/${made?.id}/rejections`);
    expect(rejections).toEqual([{ line: 3, field: 'phone', reason: expect.any(String) }]);
    expect(JSON.stringify(rejections)).not.toContain('a cat');
    expect(await read('/imports/none/rejections')).toEqual({ rejections: [] });
  });

  it('has imports of the command too, how far they are, and that one whose process was killed has stopped', async () => {
    const events = async function* (): AsyncGenerator<ImportEvent> {
      yield { kind: 'progress', totals: { ...NOTHING_YET, lines: 1_000, created: 1_000 } };
      yield { kind: 'progress', totals: { ...NOTHING_YET, lines: 2_000, created: 2_000 } };
    };
    const recorded = recordImport(database.pool, { who: 'anna', kind: 'clients', beganBy: 'command' }, events());
    await recorded.next();
    const seen = { who: 'anna', beganBy: 'command', lines: 1_000 };
    expect((await imports())[0]).toMatchObject({ ...seen, endedAt: null, outcome: null });
    await database.pool.query(`update imports set seen_at = now() - interval '1 hour' where ended_at is null`);
    expect((await imports())[0]).toMatchObject({ ...seen, endedAt: expect.any(String), outcome: 'stopped' });
    await recorded.return(undefined);
    expect((await imports())[0]).toMatchObject({ ...seen, outcome: 'stopped' });
  });

  it('has wrong secrets by listener and address, and no right ones', async () => {
    const call = async (pair: string): Promise<number> =>
      (await fetch(`${gateway.publicUrl}/v1/card?msisdn=79160000000`, { headers: { authorization: basic(pair) } }))
        .status;
    expect([await call('wallet:wrong'), await call('wallet:wrong'), await call('wallet:test-wallet-password')]).toEqual(
      [401, 401, 200],
    );
    await fetch(`${gateway.internalUrl}/admin/imports`, { headers: { authorization: 'Bearer wrong' } });
    const logins = await until('both are on record', async () => {
      const { logins } = await read<{ logins: { listener: string }[] }>('/failed-logins');
      return logins.length < 2 ? undefined : logins.toSorted((a, b) => b.listener.localeCompare(a.listener));
    });
    expect(logins).toMatchObject([
      { listener: 'public', address: '127.0.0.1', failures: 2, slowed: 0 },
      { listener: 'internal', address: '127.0.0.1', failures: 1, slowed: 0 },
    ]);
  });

  it('has the circuit breaker for an own system, of a process that calls it, until that process ends', async () => {
    const breakers = async () => (await read<{ breakers: { state: string }[] }>('/own-system')).breakers;
    expect(await breakers()).toEqual([]);
    const caller = await startTestGateway(database, {
      ROLES: 'loyalty',
      ...ENV,
      CARD_PROGRAM: 'http://127.0.0.1:1',
      CARD_PROGRAM_KEY: 'test-card-program-key-of-32-chars',
      CARD_PROGRAM_PAUSE_AFTER: '1',
    });
    const inState = (state: string) =>
      until(`the breaker is ${state}`, async () => ((await breakers())[0]?.state === state ? true : undefined));
    await inState('closed');
    const authorization = basic('wallet:test-wallet-password');
    await fetch(`${caller.publicUrl}/v1/card?msisdn=79160000000`, { headers: { authorization } });
    await inState('open');
    await caller.stop();
    expect(await breakers()).toEqual([]);
  });
});
