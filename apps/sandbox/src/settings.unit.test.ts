import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('readSettings', () => {
  it('gives the demo its values and the loopback when nothing is set', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      ok: true,
      options: {
        host: '127.0.0.1',
        port: 8090,
        basicUser: 'demo',
        basicPassword: 'demo-password',
        apiPhone: '+73946027654',
        terminalId: 'bus_f78a8a6aa7fb3d5',
        signature: { keys: [{ text: 'demo-signature-key' }] },
      },
    });
  });

  it('takes every setting', () => {
    const settings = readSettings({
      SANDBOX_PORT: '9000',
      SANDBOX_HOST: '::1',
      TROIKA_BASIC_USER: 'u',
      TROIKA_BASIC_PASSWORD: 'p',
      TROIKA_API_PHONE: '+70000000000',
      TROIKA_TERMINAL_ID: 'bus_1',
      TROIKA_SIGNATURE: 'hmac-sha256:base64',
      TROIKA_SIGNATURE_KEY: 'k',
      TROIKA_SIGNATURE_TEMPLATE: '{path}{body}',
      LOG_LEVEL: 'warn',
    });
    expect(settings).toMatchObject({
      ok: true,
      logLevel: 'warn',
      options: {
        host: '::1',
        port: 9000,
        basicUser: 'u',
        basicPassword: 'p',
        apiPhone: '+70000000000',
        terminalId: 'bus_1',
        signature: { profile: { encoding: 'base64' }, keys: [{ text: 'k' }] },
      },
    });
  });

  it('reads the secrets from files without their last line break', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-settings-'));
    const file = join(folder, 'password');
    writeFileSync(file, 'from a file \n');
    try {
      expect(readSettings({ TROIKA_BASIC_PASSWORD_FILE: file, TROIKA_SIGNATURE_KEY_FILE: file })).toMatchObject({
        ok: true,
        options: { basicPassword: 'from a file ', signature: { keys: [{ file }] } },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [{ SANDBOX_PORT: 'http' }, 'SANDBOX_PORT is "http"; allowed is a port from 0 to 65535.'],
    [{ SANDBOX_PORT: '65536' }, 'SANDBOX_PORT is "65536"; allowed is a port from 0 to 65535.'],
    [{ SANDBOX_PORT: '' }, 'SANDBOX_PORT is ""; allowed is a port from 0 to 65535.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; allowed are fatal, error, warn, info, debug, trace, silent.'],
    [{ TROIKA_BASIC_PASSWORD_FILE: '/nowhere/at/all' }, 'names "/nowhere/at/all", which cannot be read (ENOENT).'],
    [{ TROIKA_SIGNATURE: 'rot13:hex' }, 'TROIKA_SIGNATURE'],
  ])('names the variable, what was given and what is allowed: %p', (environment, expected) => {
    const settings = readSettings(environment);
    expect(settings).toMatchObject({ ok: false, faults: [expect.stringContaining(expected)] });
  });

  it('reports all faults at once', () => {
    expect(readSettings({ SANDBOX_PORT: 'x', LOG_LEVEL: 'x' })).toMatchObject({
      ok: false,
      faults: [expect.stringContaining('SANDBOX_PORT'), expect.stringContaining('LOG_LEVEL')],
    });
  });
});
