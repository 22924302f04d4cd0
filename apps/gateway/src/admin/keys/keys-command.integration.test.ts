import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { TEST_SEAL } from '../../testing/seal.js';
import { readKeysCommand } from './read-keys-command.js';
import { runKeysCommand } from './run-keys-command.js';

const WHO = 'command:night-shift';

describe('the command for keys', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  async function run(line: string): Promise<{ code: number; said: string }> {
    const command = readKeysCommand(line.split(' '), WHO);
    if (command.kind === 'help' || command.kind === 'fault') throw new Error(JSON.stringify(command));
    const lines: string[] = [];
    const code = await runKeysCommand(database.pool, TEST_SEAL, command, (text) => lines.push(text));
    return { code, said: lines.join('\n') };
  }
  const idIn = (said: string): string => /^[\da-f-]{36}/.exec(said)?.[0] ?? '';

  it('makes, lists, rotates and revokes a key, and shows each secret once', async () => {
    const made = await run(
      'make --audience admin --name ann --role viewer --expires-at 2999-01-01T00:00:00Z --why first',
    );
    expect(made).toMatchObject({
      code: 0,
      said: expect.stringMatching(/admin {2}ann {2}viewer .*\nsecret .*: vestibule_/),
    });
    expect((await run('make --audience admin --name ann --role viewer')).code).toBe(1);
    const rotated = await run(`rotate ${idIn(made.said)} --overlap-secs 60`);
    expect(rotated).toMatchObject({ code: 0, said: expect.stringContaining('vestibule_') });
    expect(await run(`revoke ${idIn(rotated.said)}`)).toMatchObject({
      code: 0,
      said: expect.stringContaining('revoked'),
    });
    const listed = await run('list');
    expect(listed.said.split('\n')).toHaveLength(2);
    expect(listed.said).not.toContain('vestibule_');
    const { rows } = await database.pool.query('select who, action, why from audit order by id');
    expect(rows).toEqual([
      { who: WHO, action: 'key.make', why: 'first' },
      { who: WHO, action: 'key.rotate', why: null },
      { who: WHO, action: 'key.revoke', why: null },
    ]);
  });

  it('makes a secret of callbacks, which is shown once', async () => {
    const made = await run('make --audience callbacks --name shop');
    expect(made).toMatchObject({
      code: 0,
      said: expect.stringMatching(/ {2}callbacks {2}shop {2}never used\nsecret .*: whsec_/),
    });
    expect((await run('list')).said).not.toContain('whsec_');
  });

  it.each([
    ['', 'Which command?'],
    ['go', 'There is no command go.'],
    ['make --audience orders', '--name: Required.'],
    ['make --audience admin --name ann', '--role: Required.'],
    ['make --audience orders --name a:b', '--name: Must be'],
    ['make --audience callbacks --name a --scopes orders:read', '--scopes: Only for'],
    ['make --audience orders --name a --expires-at soon', '--expires-at: Must be'],
    ['make --audience orders --name a --overlap-secs 5', '--overlap-secs: Unknown field.'],
    ['rotate', 'Which key?'],
    ['revoke 17', 'Which key?'],
    ['list --all', '--all'],
  ])('says what is wrong with "%s"', (line, fault) => {
    const command = readKeysCommand(line === '' ? [] : line.split(' '), WHO);
    expect(command).toMatchObject({ kind: 'fault', faults: [expect.stringContaining(fault)] });
  });

  it('knows --help', () => {
    expect(readKeysCommand(['make', '--help'], WHO)).toEqual({ kind: 'help' });
  });
});
