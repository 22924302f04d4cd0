import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Env } from './read-config.js';
import { faultsOf as faultsOfConfig } from './testing/faults-of.js';

const secret = (tail: string): string => `0123456789abcdefghijklmnopqrstuv${tail}`;
const SAFE: Env = {
  NODE_ENV: 'production',
  KOSHELEK_CREDENTIALS: `wallet:${secret('1')}`,
  ORDERS_API_KEYS: `shop:${secret('2')},office:${secret('3')}`,
  ADMIN_API_KEYS: `ops:${secret('4')}`,
  TROIKA_URL: 'https://api.example.ru/v3',
  TROIKA_BASIC_USER: 'agent',
  TROIKA_BASIC_PASSWORD: 'six',
  TROIKA_API_PHONE: '+73946027654',
  TROIKA_TERMINAL_ID: 'bus_f78a8a6aa7fb3d5',
  TROIKA_SIGNATURE_KEY: 'seven',
};

const faultsOf = (env: Env, options?: { demo: boolean }): readonly string[] =>
  faultsOfConfig({ ...SAFE, ...env }, options);

describe('NODE_ENV=production', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-unsafe-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes secrets of the partner as they are, and long ones of ours that differ', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    [
      'a short secret',
      { ADMIN_API_KEYS: 'a:1' },
      /^ADMIN_API_KEYS has a secret of "a" that is 1 characters long/,
      'ALLOW_WEAK_SECRETS',
    ],
    [
      'a secret of few characters',
      { ORDERS_API_KEYS: `shop:${'ab'.repeat(20)}` },
      /^ORDERS_API_KEYS .* easy to guess/,
      'ALLOW_WEAK_SECRETS',
    ],
    [
      'a secret that two producers have',
      { ORDERS_API_KEYS: `a:${secret('2')},b:${secret('2')}` },
      /^ORDERS_API_KEYS has a secret twice/,
      'ALLOW_WEAK_SECRETS',
    ],
    [
      'a secret for two audiences',
      { ADMIN_API_KEYS: `ops:${secret('2')}` },
      /^ADMIN_API_KEYS has a secret that ORDERS_API_KEYS has as well/,
      'ALLOW_WEAK_SECRETS',
    ],
    [
      'a password of the partner as a key',
      { TROIKA_BASIC_PASSWORD: secret('1') },
      /^TROIKA_BASIC_PASSWORD has a secret that KOSHELEK_CREDENTIALS has/,
      'ALLOW_WEAK_SECRETS',
    ],
    [
      'the partner over http',
      { TROIKA_URL: 'http://api.example.ru/v3' },
      /^TROIKA_URL begins with http:/,
      'ALLOW_PLAIN_HTTP',
    ],
    [
      'the card system over http',
      { CARD_PROGRAM: 'http://cards.example.ru', CARD_PROGRAM_KEY: secret('5') },
      /^CARD_PROGRAM begins with http:/,
      'ALLOW_PLAIN_HTTP',
    ],
    [
      'callbacks to anywhere',
      { CALLBACK_ALLOWED_NETWORKS: '10.0.0.0/8,0.0.0.0/0' },
      /^CALLBACK_ALLOWED_NETWORKS has 0\.0\.0\.0\/0/,
      'ALLOW_ANY_CALLBACK_NETWORK',
    ],
    [
      'callbacks to half of everything',
      { CALLBACK_ALLOWED_NETWORKS: '128.0.0.0/1' },
      /^CALLBACK_ALLOWED_NETWORKS has 128/,
      'ALLOW_ANY_CALLBACK_NETWORK',
    ],
  ])('refuses %s, once, unless a setting takes it; elsewhere it is a warning', (_, env, fault, allow) => {
    expect(faultsOf(env)).toEqual([expect.stringMatching(fault)]);
    expect(faultsOf(env)[0]).toContain(`${allow}=true`);
    expect(faultsOf({ ...env, [allow]: 'true' })).toEqual([]);
    expect(faultsOf({ ...env, NODE_ENV: '' })).toEqual([]);
    expect(readConfig({ ...SAFE, ...env, NODE_ENV: '' }).unsafe).toEqual([expect.stringMatching(fault)]);
    expect(readConfig({ ...SAFE, ...env }, { demo: true }).unsafe).toEqual([]);
  });

  it.each([
    ['as it is', 'demo-signature-key'],
    ['with blanks', ' demo-signature-key\n'],
    ['in hex', 'hex:64656D6F2D7369676E61747572652D6B6579'],
    ['in hex with blanks', 'hex:6465 6d6f 2d73 6967 6e61 7475 7265 2d6b 6579'],
    ['in base64', 'base64:ZGVtby1zaWduYXR1cmUta2V5'],
    ['in a file', undefined],
  ])('refuses the signature key of the demo %s', (_, text) => {
    const file = join(folder, 'signature-key');
    writeFileSync(file, 'base64:ZGVtby1zaWduYXR1cmUta2V5\n');
    const key =
      text === undefined
        ? { TROIKA_SIGNATURE_KEY: '', TROIKA_SIGNATURE_KEY_FILE: file }
        : { TROIKA_SIGNATURE_KEY: text };
    expect(faultsOf(key)).toEqual([expect.stringMatching(/^TROIKA_SIGNATURE_KEY holds a demo secret/)]);
    expect(faultsOf({ ...key, ALLOW_DEMO_SIGNATURE_KEY: 'true' })).toEqual([]);
  });

  it.each([
    ['TROIKA_URL', 'htps://agent:hunter2@api.example.ru'],
    ['TROIKA_URL', 'agent:hunter2@api.example.ru/v3'],
    ['CARD_PROGRAM', 'https//cards:hunter2@cards.example.ru'],
  ])('shows a mistyped %s without its password', (name, address) => {
    const [fault = ''] = faultsOf({ [name]: address });
    expect(fault).toContain(`${name} is "[hidden]@`);
    expect(fault).not.toContain('hunter2');
  });

  it.each(['10.0.0.1/8', '0.0.0.0/0', 'proxy.corp', '10.0.0.5,'])('refuses %s as TRUSTED_PROXIES', (proxies) => {
    expect(faultsOf({ TRUSTED_PROXIES: proxies })).toEqual([expect.stringMatching(/^TRUSTED_PROXIES is/)]);
  });
});
