import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOT_EXECUTED_STATUSES } from '@vestibule/troika-client';
import { DEMO } from './demo-secrets.js';
import { variableNames } from './environment/environment.js';
import { readConfig, type Env } from './read-config.js';
import { faultsOf } from './testing/faults-of.js';

const GOOD: Env = {
  KOSHELEK_CREDENTIALS: 'wallet:one,wallet:two:with:colons',
  ORDERS_API_KEYS: 'shop:three,office:four',
  ADMIN_API_KEYS: 'ops:five',
  TROIKA_URL: 'https://api.example.ru/v3',
  TROIKA_BASIC_USER: 'agent',
  TROIKA_BASIC_PASSWORD: 'six',
  TROIKA_API_PHONE: '+73946027654',
  TROIKA_TERMINAL_ID: 'bus_f78a8a6aa7fb3d5',
  TROIKA_SIGNATURE_KEY: 'seven',
};

describe('.env.example', () => {
  it('lists every variable the gateway reads', () => {
    const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
    const listed = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    expect(variableNames().filter((name) => !listed.has(name))).toEqual([]);
    expect(variableNames().length).toBeGreaterThan(40);
  });
});

describe('readConfig', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['', true],
    ['postgres', true],
    ['https://cards.example.com', false],
    ['module:/srv/cards.mjs', false],
  ])('sets for the role admin whether cards are here: CARD_PROGRAM=%s', (program, here) => {
    expect(readConfig({ ...GOOD, ROLES: 'admin', CARD_PROGRAM: program }).cardsAreHere).toBe(here);
  });

  it('takes the documented defaults for what is unset or empty', () => {
    const config = readConfig({ ...GOOD, PUBLIC_PORT: '', REDIS_URL: '' });
    expect([...config.roles]).toEqual(['loyalty', 'orders', 'worker', 'admin']);
    expect(config.publicListener.port).toBe(8080);
    expect(config.internalListener.port).toBe(8081);
    expect(config.database).toMatchObject({ url: undefined, dataDir: '.vestibule' });
    expect(config.queue.redisUrl).toBeUndefined();
    expect(config.koshelek).toMatchObject({ apiVersion: '1.3.0', authFailureStatus: 401, basePath: '' });
    expect(config.troika).toMatchObject({ ratePerSecond: 2, timeFormat: 'sample', languageId: 'ru' });
    expect(config.troika?.signature).toEqual({
      profile: 'hmac-sha1:hex',
      template: '{body}',
      keys: [{ text: 'seven' }],
    });
  });

  it('trusts the configured statuses, and none if configured so', () => {
    const trusted = (value: string) => [
      ...(readConfig({ ...GOOD, TROIKA_TRUST_STATUSES: value }).troika?.trustedStatuses ?? []),
    ];
    expect(new Set(trusted(''))).toEqual(NOT_EXECUTED_STATUSES);
    expect(trusted('401, 403')).toEqual([401, 403]);
    expect(trusted('none')).toEqual([]);
    for (const wrong of ['500', '200', '4xx', '401,']) {
      const [fault] = faultsOf({ ...GOOD, TROIKA_TRUST_STATUSES: wrong });
      expect(fault).toMatch(/^TROIKA_TRUST_STATUSES/);
    }
  });

  it('adds what the vendor has confirmed as not executed to what HTTP says, also when that is not trusted', () => {
    const trusted = (env: Env) =>
      readConfig({ ...GOOD, ...env, TROIKA_NOT_EXECUTED_STATUSES: '503' }).troika?.trustedStatuses;
    expect(trusted({})).toEqual(new Set([...NOT_EXECUTED_STATUSES, 503]));
    expect(trusted({ TROIKA_TRUST_STATUSES: 'none' })).toEqual(new Set([503]));
    expect(faultsOf({ ...GOOD, TROIKA_NOT_EXECUTED_STATUSES: '200' })).toEqual([
      expect.stringMatching(/^TROIKA_NOT_EXECUTED_STATUSES is "200"; allowed: HTTP statuses from 300 to 599/),
    ]);
  });

  it('reads the hours in which orders are sent, past midnight too, and refuses what is not hours in a place', () => {
    const window = (text: string) => readConfig({ ...GOOD, TROIKA_SEND_WINDOW: text }).troika?.sendWindow;
    expect(window('')).toBeUndefined();
    expect(window('08:00-23:00 Europe/Moscow')).toEqual({ opens: '08:00', closes: '23:00', zone: 'Europe/Moscow' });
    expect(window('22:00-06:00 UTC')).toEqual({ opens: '22:00', closes: '06:00', zone: 'UTC' });
    expect(window('08:00-24:00 UTC')).toMatchObject({ closes: '24:00' });
    for (const wrong of [
      '08:00-23:00',
      '8-23 Europe/Moscow',
      '25:00-23:00 Europe/Moscow',
      '08:00-08:00 Europe/Moscow',
      '08:00-23:00 Europe/Moskow',
      '08:00-23:00 +03:00',
    ]) {
      const [fault] = faultsOf({ ...GOOD, TROIKA_SEND_WINDOW: wrong });
      expect(fault).toContain(`TROIKA_SEND_WINDOW is "${wrong}"; allowed: hours and a time zone`);
    }
  });

  it('reads several credentials, and passwords with colons', () => {
    expect(readConfig(GOOD).koshelek?.credentials).toEqual([
      { login: 'wallet', password: 'one' },
      { login: 'wallet', password: 'two:with:colons' },
    ]);
  });

  it.each([
    ['PUBLIC_PORT', '70000', 'a whole number from 0 to 65535'],
    ['PUBLIC_PORT', 'http', 'a whole number from 0 to 65535'],
    ['ROLES', 'loyalty,cook', 'a comma-separated choice of loyalty, orders, worker, admin'],
    ['KOSHELEK_API_VERSION', '2.0.0', 'one of 1.0.0, 1.1.0, 1.2.0, 1.3.0'],
    ['KOSHELEK_AUTH_FAILURE_STATUS', '403', 'one of 401, 422'],
    ['KOSHELEK_NULLS', 'null', 'one of omit, empty'],
    ['KOSHELEK_RESERVED_NUMBER_FORM', 'bare', 'one of number, object, card'],
    ['KOSHELEK_RECEIPT_FIELDS', 'qr code', 'names of JSON fields separated by commas'],
    ['KOSHELEK_OFFERS_PATH', '/card/{cardNumber}', 'a path that no other method has'],
    ['KOSHELEK_CARD_NUMBER_LENGTH', '16', '13, the length of EAN_13'],
    ['KOSHELEK_CARD_NUMBER_PREFIX', '2200000', 'at most 6 digits, so that 6 are left to count with'],
    ['CARD_PROGRAM', 'ftp://cards', 'postgres, an http:// or https:// address, or module:/path/to/file.mjs'],
    ['CARD_PROGRAM_TIMEOUT_MS', '0', 'a whole number from 100 to 60000'],
    ['PUBLIC_BASE_PATH', 'cards/', 'a path such as /cardsmobile, without a trailing slash'],
    ['TROIKA_TIME_FORMAT', 'rfc', 'one of sample, atom'],
    ['TROIKA_API_PHONE', '8 394 602', 'the API user name in the form +7XXXXXXXXXX'],
    ['TROIKA_RETRY_SCHEDULE_SECS', '1,,5', 'seconds separated by commas, such as 1,5,30, each at most 604800 (a week)'],
    ['TROIKA_RATE_PER_SECOND', '0', 'a number of requests per second, from 0.01 to 100000'],
    ['CALLBACK_SCHEDULE_SECS', '0,x', 'seconds separated by commas, such as 0,5,300, each at most 604800 (a week)'],
    ['CALLBACK_RETENTION_DAYS', '1', 'a whole number from 7 to 3650'],
    ['CALLBACK_ALLOWED_NETWORKS', 'office', 'networks such as 10.20.0.0/16,fd00:1::/32'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent'],
  ])('names the variable %s, the given value (%s) and the allowed ones', (name, value, allowed) => {
    expect(faultsOf({ ...GOOD, [name]: value })).toEqual([`${name} is "${value}"; allowed: ${allowed}`]);
  });

  it('never repeats a secret that is not in its form', () => {
    const faults = faultsOf({ ...GOOD, ORDERS_API_KEYS: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('hunter2');
  });

  it("reads the scopes of producers' keys, and leaves the others what every producer may", () => {
    const { orders } = readConfig({ ...GOOD, ORDERS_API_KEY_SCOPES: 'office=orders:read-all+orders:write' });
    expect(orders.apiKeys).toEqual([
      { name: 'shop', secret: 'three' },
      { name: 'office', secret: 'four', scopes: new Set(['orders:read-all', 'orders:write']) },
    ]);
  });

  it('refuses scopes of a key that is not there, and a scope that does not exist', () => {
    expect(faultsOf({ ...GOOD, ORDERS_API_KEY_SCOPES: 'ofice=orders:read,shop=orders:delete' })).toEqual([
      'ORDERS_API_KEY_SCOPES names the key "ofice"; allowed: names of ORDERS_API_KEYS',
      'ORDERS_API_KEY_SCOPES gives "shop" the scope "orders:delete"; allowed: orders:write, orders:read, orders:read-all, orders:cancel',
    ]);
  });

  it('says everything that is wrong at once', () => {
    expect(faultsOf({ ...GOOD, PUBLIC_PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(2);
  });

  it('asks only for what the roles of the process need', () => {
    expect(faultsOf({ ROLES: 'loyalty', KOSHELEK_CREDENTIALS: 'a:b' })).toEqual([]);
    expect(faultsOf({ ROLES: 'admin' })).toEqual([
      'ADMIN_API_KEYS is missing; the role admin needs it (.env.example says what goes there)',
    ]);
  });

  it.each(Object.entries(DEMO).filter(([, value]) => /demo-|whsec_/.test(value)))(
    'refuses the demo value of %s outside the demo',
    (name, value) => {
      expect(faultsOf({ ...GOOD, [name]: value })).toEqual([expect.stringMatching(`^${name} holds a demo secret`)]);
      expect(() => readConfig({ ...GOOD, [name]: value }, { demo: true })).not.toThrow();
    },
  );

  it.each(['admin', 'orders'])('connects %s to the partner where its address is given, and then wholly', (role) => {
    const { TROIKA_URL, TROIKA_TERMINAL_ID, ...rest } = GOOD;
    expect(readConfig({ ...rest, TROIKA_TERMINAL_ID, ROLES: role }).troika).toBeUndefined();
    expect(readConfig({ ...GOOD, TROIKA_URL, ROLES: 'loyalty' }).troika).toBeUndefined();
    expect(readConfig({ ...GOOD, ROLES: role }).troika?.url).toBe(TROIKA_URL);
    expect(faultsOf({ ...rest, TROIKA_URL, ROLES: role })).toEqual([
      `TROIKA_TERMINAL_ID is missing; the role ${role} needs it (.env.example says what goes there)`,
    ]);
  });

  it('reads the secrets of producers, several of one name in their order, and measures them', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const [old, young] = ['an old secret of 24 bytes', 'a new secret of 24 bytes!'];
    const CALLBACK_SECRETS = `shop:whsec_${base64(young)},office:whsec_${base64(old)},shop:whsec_${base64(old)}`;
    const { secrets } = readConfig({ ...GOOD, CALLBACK_SECRETS }).callbacks;
    expect(secrets.get('shop')?.map(String)).toEqual([young, old]);
    expect(secrets.get('office')?.map(String)).toEqual([old]);
    expect(faultsOf({ ...GOOD, CALLBACK_SECRETS: `shop:whsec_${base64('short')}` })).toEqual([
      'CALLBACK_SECRETS has a secret of "shop" that is 5 bytes long; allowed: 24 to 64 bytes in base64, behind whsec_',
    ]);
    expect(faultsOf({ ...GOOD, CALLBACK_SECRETS: 'shop:plain' })[0]).toContain('allowed: name:whsec_BASE64');
  });

  it("opens the company's own networks to callbacks, and in the demo http and this machine as well", () => {
    const own = { ...GOOD, CALLBACK_ALLOWED_NETWORKS: '10.20.0.0/16, fd00:1::/32' };
    expect(readConfig(own).callbacks).toMatchObject({ isPlainHttpAllowed: false });
    expect(readConfig(own).callbacks.allowedNetworks).toHaveLength(2);
    expect(readConfig(own, { demo: true }).callbacks).toMatchObject({ isPlainHttpAllowed: true });
    expect(readConfig(own, { demo: true }).callbacks.allowedNetworks).toHaveLength(4);
    expect(faultsOf({ ...GOOD, CALLBACK_ALLOWED_NETWORKS: '10.20.0.1/16' })[0]).toContain(
      'CALLBACK_ALLOWED_NETWORKS has',
    );
  });

  it('keeps personal data for good unless a retention is configured', () => {
    expect(readConfig(GOOD).retentionDays).toBeUndefined();
    expect(readConfig({ ...GOOD, RETENTION_DAYS: '1095' }).retentionDays).toBe(1095);
    expect(faultsOf({ ...GOOD, RETENTION_DAYS: '0' })).toEqual([
      'RETENTION_DAYS is "0"; allowed: a whole number from 1 to 36500',
    ]);
  });

  it('reads every secret from a file as well, and says which file cannot be read', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, 'ops:from-a-file\n');
    const { ADMIN_API_KEYS: _, ...rest } = GOOD;
    expect(readConfig({ ...rest, ADMIN_API_KEYS_FILE: file }).admin.apiKeys).toEqual([
      { name: 'ops', secret: 'from-a-file' },
    ]);
    expect(faultsOf({ ...rest, ADMIN_API_KEYS_FILE: `${file}.gone` })[0]).toContain('cannot be read (ENOENT)');
  });

  it('leaves the signature key file to the signer, and needs no key for an outside signer', () => {
    const { TROIKA_SIGNATURE_KEY: _, ...rest } = GOOD;
    const signature = (env: Env) => readConfig({ ...rest, ...env }).troika?.signature.keys;
    expect(signature({ TROIKA_SIGNATURE_KEY_FILE: '/keys/agent.pem' })).toEqual([{ file: '/keys/agent.pem' }]);
    expect(signature({ TROIKA_SIGNATURE: 'external:/usr/local/bin/sign' })).toEqual([]);
  });

  it('asks for both files of a certificate', () => {
    expect(faultsOf({ ...GOOD, TLS_CERT_FILE: '/tls/cert.pem' })).toEqual([
      'TLS_KEY_FILE is missing; TLS_CERT_FILE and TLS_CLIENT_CA_FILE need it',
    ]);
  });
});
