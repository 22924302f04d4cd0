import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { CallbackSecrets } from '../api-keys/callback-secrets.js';
import { checkUnreadableSecrets } from '../api-keys/check-unreadable-secrets.js';
import { SecretSeal } from '../api-keys/secret-seal.js';
import { StoredKeys } from '../api-keys/stored-keys.js';
import { createLogger } from '../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { startReceiver, type Received, type Receiver } from '../testing/receiver.js';
import { until } from '../testing/until.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

const OPS = 'a-key-of-an-operator';
/** One for each test: a producer may send itself only so many tests. */
const PRODUCERS = ['shop', 'rotated', 'revoked', 'closed', 'sealed'] as const;
type Producer = (typeof PRODUCERS)[number];
const keyOf = (producer: Producer): string => `a-key-of-${producer}`;
const SETTING = `whsec_${Buffer.from('a secret of the settings, 32 by.').toString('base64')}`;
const INSTALLATION = 'what-only-this-installation-has-in-a-setting';

interface SecretView {
  readonly id: string;
  readonly secret: string;
}

describe('secrets of callbacks in the database', () => {
  let database: TestDatabase;
  /** Where operators call, and another process of the same ledger. */
  let gateway: Gateway;
  let other: Gateway;
  let receiver: Receiver;

  beforeAll(async () => {
    database = await openTestDatabase();
    receiver = await startReceiver();
    const env = {
      ORDERS_API_KEYS: PRODUCERS.map((name) => `${name}:${keyOf(name)}`).join(','),
      CALLBACK_SECRETS: `shop:${SETTING}`,
      REQUEST_HASH_KEY: INSTALLATION,
    };
    gateway = await startTestGateway(database, { ...env, ROLES: 'orders,admin', ADMIN_API_KEYS: `ops:${OPS}` });
    other = await startTestGateway(database, { ...env, ROLES: 'orders' });
  });
  afterAll(async () => {
    await gateway.stop();
    await other.stop();
    await receiver.close();
    await database.close();
  });
  async function post({ internalUrl }: Gateway, path: string, key: string, body: object) {
    const answer = await fetch(internalUrl + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as object };
  }
  const operate = (path: string, body: object) => post(gateway, `/admin/keys${path}`, OPS, body);
  const make = async (name: Producer): Promise<SecretView> =>
    (await operate('', { audience: 'callbacks', name })).body as SecretView;
  const test = (at: Gateway, producer: Producer) => post(at, '/callbacks/test', keyOf(producer), { url: receiver.url });
  /** 422: there is no secret. */
  const untilStatus = (status: number, producer: Producer): Promise<true> =>
    until(`the other process answers ${producer} ${status}`, async () => {
      return (await test(other, producer)).status === status || undefined;
    });

  /** Which of these secrets a call was signed with, and with how many in all. */
  function signedWith({ headers, body }: Received, secrets: Readonly<Record<string, string>>): string[] {
    const given = String(headers['webhook-signature']).split(' ');
    const nameOf = (signature: string): string => {
      const alone = { ...(headers as Record<string, string>), 'webhook-signature': signature };
      const found = Object.entries(secrets).find(([, secret]) => {
        try {
          return new Webhook(secret).verify(body, alone) !== undefined;
        } catch {
          return false;
        }
      });
      return found?.[0] ?? 'unknown';
    };
    return given.map(nameOf);
  }
  /** What callbacks to a producer are signed with now. */
  async function signatures(producer: Producer, secrets: Readonly<Record<string, string>>): Promise<string[]> {
    expect((await test(gateway, producer)).status).toBe(200);
    return signedWith(receiver.received.at(-1) as Received, secrets);
  }

  it('are shown once, kept encrypted, and sign beside those of the settings', async () => {
    const made = await operate('', { audience: 'callbacks', name: 'shop', why: 'the yearly change' });
    const { secret } = made.body as SecretView;
    expect(made).toMatchObject({ status: 201, body: { audience: 'callbacks', scopes: null, role: null } });
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(await signatures('shop', { made: secret, setting: SETTING })).toEqual(['made', 'setting']);
    const listed = await fetch(`${gateway.internalUrl}/admin/keys`, { headers: { authorization: `Bearer ${OPS}` } });
    const { rows } = await database.pool.query<{ text: string }>(
      `select k::text || (select string_agg(details::text, '') from audit) as text from api_keys k where name = 'shop'`,
    );
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex');
    for (const text of [await listed.text(), rows[0]?.text ?? '']) {
      expect(text).toContain('shop');
      expect(text).not.toContain(secret);
      expect(text).not.toContain(bytes);
    }
    const audited = await database.pool.query(`select who, action, why, details ->> 'audience' as audience from audit`);
    expect(audited.rows).toEqual([{ who: 'ops', action: 'key.make', why: 'the yearly change', audience: 'callbacks' }]);
  });

  it('both sign while one takes the place of the other, the new one first, and then the new one alone', async () => {
    const old = await make('rotated');
    const next = (await operate(`/${old.id}/rotate`, { overlapSecs: 3_600 })).body as SecretView;
    const secrets = { old: old.secret, next: next.secret };
    expect(await signatures('rotated', secrets)).toEqual(['next', 'old']);
    expect((await operate(`/${old.id}/rotate`, {})).status).toBe(409);
    await database.pool.query('update api_keys set expires_at = now() where id = $1', [old.id]);
    // The process that makes a change reads them all behind it.
    const last = (await operate(`/${next.id}/rotate`, { overlapSecs: 3_600 })).body as SecretView;
    expect(await signatures('rotated', { ...secrets, last: last.secret })).toEqual(['last', 'next']);
  });

  it('sign in every process until they are revoked: nothing from then on where that was said, and soon elsewhere', async () => {
    await untilStatus(422, 'revoked');
    const { id } = await make('revoked');
    await untilStatus(200, 'revoked');
    expect((await operate(`/${id}/revoke`, { why: 'lost' })).status).toBe(200);
    const refused = await test(gateway, 'revoked');
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('POST /admin/keys');
    await untilStatus(422, 'revoked');
  });

  it('open nothing, and have no rights and no addresses', async () => {
    const { secret } = await make('closed');
    for (const path of ['/orders', '/admin/keys']) expect((await post(gateway, path, secret, {})).status).toBe(401);
    for (const more of [{ scopes: ['orders:read'] }, { role: 'admin' }, { addresses: ['10.0.0.1'] }]) {
      const [pointer] = Object.keys(more);
      expect(await operate('', { audience: 'callbacks', name: 'rotated-not', ...more })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: `/${pointer}` }] },
      });
    }
  });

  it('of another installation are reported and not used, and those of an earlier key of this one are', async () => {
    const { secret } = await make('sealed');
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const read = async (...keys: [string, ...string[]]): Promise<StoredKeys> => {
      const [first, ...more] = keys.map((key) => Buffer.from(key)) as [Buffer, ...Buffer[]];
      const stored = new StoredKeys(database.pool, new SecretSeal([first, ...more]), createLogger('silent'));
      await stored.look();
      return stored;
    };
    const same = await read('a new one', INSTALLATION);
    expect(same.callbackSecretsOf('sealed')).toEqual([bytes]);
    expect(await checkUnreadableSecrets(same).find()).toEqual([]);
    const foreign = await read('a new one');
    expect(foreign.callbackSecretsOf('sealed')).toEqual([]);
    expect(await checkUnreadableSecrets(foreign).find()).toEqual([
      expect.objectContaining({ kind: 'key.unreadable', message: expect.stringContaining('"sealed"') }),
    ]);
  });

  it('are worth nothing in the row of another producer', () => {
    const seal = new SecretSeal([Buffer.from(INSTALLATION)]);
    const bytes = Buffer.alloc(32, 7);
    const row = {
      id: 'one',
      audience: 'callbacks',
      name: 'shop',
      sealed: seal.seal(bytes, { id: 'one', name: 'shop' }),
    } as const;
    expect(new CallbackSecrets([row], seal).of('shop')).toEqual([{ id: 'one', bytes }]);
    expect(new CallbackSecrets([{ ...row, name: 'thief' }], seal).of('thief')).toEqual([]);
  });
});
