import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './read-config.js';

const KEY = '0123456789abcdef0123456789abcdef';
const read = (env: Record<string, string>) =>
  readConfig({ ROLES: 'loyalty', KOSHELEK_CREDENTIALS: 'wallet:one', ...env }).koshelek?.cardProgramSource;

function faultOf(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('the configuration is accepted');
}

describe('CARD_PROGRAM', () => {
  it('is the built-in programme by default', () => {
    expect(read({})).toEqual({ kind: 'postgres' });
  });

  it('is a system of one’s own, with the documented limits', () => {
    expect(read({ CARD_PROGRAM: 'https://cards.example.ru/api/', CARD_PROGRAM_KEY: KEY })).toEqual({
      kind: 'http',
      url: 'https://cards.example.ru/api',
      key: KEY,
      timeoutMs: 3000,
      deadlineMs: 5000,
      pauseAfter: 5,
      pauseMs: 10_000,
    });
  });

  it('is a module, by an absolute path', () => {
    const source = read({ CARD_PROGRAM: 'module:/srv/my programme.mjs' });
    expect(source).toEqual({ kind: 'module', file: '/srv/my programme.mjs', timeoutMs: 3000 });
    expect(faultOf({ CARD_PROGRAM: 'module:programme.mjs' })).toMatch(/^CARD_PROGRAM is/);
  });

  it('needs a key for a system of one’s own, and a long one', () => {
    expect(faultOf({ CARD_PROGRAM: 'https://cards.example.ru' })).toMatch(/^CARD_PROGRAM_KEY is missing/);
    const short = faultOf({ CARD_PROGRAM: 'https://cards.example.ru', CARD_PROGRAM_KEY: 'hunter2' });
    expect(short).toMatch(/at least 32 characters/);
    expect(short).not.toContain('hunter2');
  });

  it.each(['https://ops:hunter2@cards.example.ru', 'https://cards.example.ru/?key=hunter2', 'https://:hunter2'])(
    'refuses an address with more than a host and a path (%s), and does not repeat it',
    (CARD_PROGRAM) => {
      const fault = faultOf({ CARD_PROGRAM, CARD_PROGRAM_KEY: KEY });
      expect(fault).toMatch(/^CARD_PROGRAM is not a plain address/);
      expect(fault).not.toContain('hunter2');
    },
  );
});
