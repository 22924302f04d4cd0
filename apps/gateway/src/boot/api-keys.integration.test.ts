import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { makeKey } from '../api-keys/make-key.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { TEST_SEAL } from '../testing/seal.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const OPS = 'a-key-of-an-operator';

/** These tests knock with keys that are not known yet. */
const PATIENT = { LOGIN_FAILURES_PER_ADDRESS: '1000000', LOGIN_FAILURES_TOTAL: '1000000' };

interface KeyView {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

describe('keys of the database', () => {
  let database: TestDatabase;
  /** Where operators call, and another process of the same ledger. */
  let gateway: Gateway;
  let other: Gateway;

  beforeAll(async () => {
    database = await openTestDatabase();
    const start = (env: Record<string, string>): Promise<Gateway> =>
      startTestGateway(database, { ORDERS_API_KEYS: 'shop:a-key-of-the-shop', ...PATIENT, ...env });
    gateway = await start({ ROLES: 'orders,admin', ADMIN_API_KEYS: `ops:${OPS}`, TRUSTED_PROXIES: '127.0.0.1' });
    other = await start({ ROLES: 'orders' });
  });
  afterAll(async () => {
    await gateway.stop();
    await other.stop();
    await database.close();
  });

  async function operate(
    path: string,
    body?: object,
  ): Promise<{ status: number; body: unknown; cache: string | null }> {
    const answer = await fetch(`${gateway.internalUrl}/admin/keys${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${OPS}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json(), cache: answer.headers.get('cache-control') };
  }
  const make = async (body: object): Promise<KeyView> => (await operate('', body)).body as KeyView;
  const knock = async (secret: string, at: Gateway, headers = {}): Promise<number> =>
    (await fetch(`${at.internalUrl}/orders`, { headers: { authorization: `Bearer ${secret}`, ...headers } })).status;
  /** The process that did not make a change learns of it within its period. */
  async function until(status: number, secret: string, at: Gateway): Promise<void> {
    while ((await knock(secret, at)) !== status);
  }
  const audit = async (name: string): Promise<object[]> => {
    const { rows } = await database.pool.query<object>(
      `select who, action, why from audit where details ->> 'name' = $1 order by id`,
      [name],
    );
    return rows;
  };

  it('are shown once, open in every process, and are kept as a digest', async () => {
    const made = await operate('', { audience: 'orders', name: 'kiosk', why: 'the new kiosk' });
    const { id, secret } = made.body as KeyView;
    expect(made).toMatchObject({ status: 201, cache: 'no-store' });
    expect(made.body).toMatchObject({ name: 'kiosk', role: null, createdBy: 'ops', lastUsedAt: null, expiresAt: null });
    expect(secret).toMatch(/^vestibule_[\w-]{43}$/);
    expect(await knock(secret, gateway)).toBe(200);
    await until(200, secret, other);
    const listed = await operate('');
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    expect(listed.body).toMatchObject({ keys: [{ id, scopes: ['orders:write', 'orders:read', 'orders:cancel'] }] });
    const { rows } = await database.pool.query<{ text: string }>('select k::text as text from api_keys k');
    expect(rows[0]?.text).not.toContain(secret);
    expect(await audit('kiosk')).toEqual([{ who: 'ops', action: 'key.make', why: 'the new kiosk' }]);
  });

  it('of one name are one: a second is refused, and a revoked one opens nowhere', async () => {
    const { id, secret } = await make({ audience: 'orders', name: 'till' });
    expect((await operate('', { audience: 'orders', name: 'till' })).status).toBe(409);
    await until(200, secret, other);
    expect((await operate(`/${id}/revoke`, { why: 'lost' })).body).toMatchObject({ revokedBy: 'ops' });
    expect(await knock(secret, gateway)).toBe(401);
    await until(401, secret, other);
    expect((await operate(`/${id}/revoke`, {})).status).toBe(200);
    expect((await audit('till')).length).toBe(2);
    expect((await operate('', { audience: 'orders', name: 'till' })).status).toBe(201);
  });

  it('are rotated with an overlap, and once', async () => {
    const first = await make({ audience: 'orders', name: 'rotated', scopes: ['orders:read'] });
    const second = (await operate(`/${first.id}/rotate`, { overlapSecs: 3600 })).body as KeyView;
    expect(second).toMatchObject({ name: 'rotated', scopes: ['orders:read'] });
    expect([await knock(first.secret, gateway), await knock(second.secret, gateway)]).toEqual([200, 200]);
    expect((await operate(`/${first.id}/rotate`, {})).status).toBe(409);
    const third = (await operate(`/${second.id}/rotate`, { overlapSecs: 0 })).body as KeyView;
    expect([await knock(second.secret, gateway), await knock(third.secret, gateway)]).toEqual([401, 200]);
    await until(200, third.secret, other);
    expect((await operate('/00000000-0000-0000-0000-000000000000/rotate', {})).status).toBe(404);
  });

  it('end the event streams that they have opened when they are revoked', async () => {
    const { id, secret } = await make({ audience: 'orders', name: 'reader', scopes: ['orders:read-all'] });
    const orderId = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, body) values ($1, 'shop', 'streamed', '{}')`,
      [orderId],
    );
    const stream = await fetch(`${gateway.internalUrl}/orders/${orderId}/events`, {
      headers: { authorization: `Bearer ${secret}`, accept: 'text/event-stream' },
    });
    expect(stream.status).toBe(200);
    await operate(`/${id}/revoke`, {});
    // Read to its end: it would last an hour otherwise.
    await stream.text();
  });

  it('expire, and say when they were last used', async () => {
    const { id, secret } = await make({ audience: 'orders', name: 'guest', expiresAt: '2999-01-01T00:00:00Z' });
    expect(await knock(secret, gateway)).toBe(200);
    const find = async (): Promise<{ used: boolean }> => {
      const text = 'select last_used_at is not null as used from api_keys where id = $1';
      return (await database.pool.query<{ used: boolean }>(text, [id])).rows[0] ?? { used: false };
    };
    while (!(await find()).used);
    await database.pool.query(`update api_keys set expires_at = now() where id = $1`, [id]);
    await until(401, secret, gateway);
  });

  it('with addresses open from there only', async () => {
    const { secret } = await make({ audience: 'orders', name: 'branch', addresses: ['10.20.0.0/16', '203.0.113.7'] });
    const from = (address: string) => knock(secret, gateway, { 'x-forwarded-for': address });
    expect([await from('10.20.3.4'), await from('203.0.113.7'), await from('10.21.0.1')]).toEqual([200, 200, 403]);
  });

  it.each([
    [{ audience: 'orders', name: 'a b' }, '/name'],
    [{ audience: 'admin', name: 'a' }, '/role'],
    [{ audience: 'orders', name: 'a', role: 'viewer' }, '/role'],
    [{ audience: 'admin', name: 'a', role: 'viewer', scopes: ['orders:read'] }, '/scopes'],
    [{ audience: 'orders', name: 'a', scopes: ['orders:delete'] }, '/scopes'],
    [{ audience: 'orders', name: 'a', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ audience: 'orders', name: 'a', addresses: ['10.20.0.1/16'] }, '/addresses'],
    [{ audience: 'orders', name: 'a', why: 'for Ivan, +7 916 123-45-67' }, '/why'],
  ])('are not made of %j', async (body, pointer) => {
    const answer = await operate('', body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('stay for one audience: a producer’s opens nothing below /admin, and an operator’s no orders', async () => {
    const producer = await make({ audience: 'orders', name: 'one-audience' });
    const operator = await make({ audience: 'admin', name: 'one-audience', role: 'admin' });
    const admin = await fetch(`${gateway.internalUrl}/admin/keys`, {
      headers: { authorization: `Bearer ${producer.secret}` },
    });
    expect([admin.status, await knock(operator.secret, gateway)]).toEqual([401, 401]);
  });

  it('are made by one of two that ask at once for the same name', async () => {
    const wanted = {
      audience: 'orders',
      name: 'raced',
      scopes: [],
      role: null,
      addresses: [],
      expiresAt: null,
    } as const;
    const actor = { who: 'ops', why: undefined };
    const made = await Promise.all([1, 2, 3].map(() => makeKey(database.pool, TEST_SEAL, wanted, actor)));
    expect(made.filter((key) => key !== undefined)).toHaveLength(1);
  });
});
