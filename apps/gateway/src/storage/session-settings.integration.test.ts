import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { createPool } from './pool.js';
import { SESSION_SETTINGS } from './session-settings.js';

/** What an administrator may have set for reasons of their own. */
const ODD: Readonly<Record<string, string>> = {
  DateStyle: 'German, DMY',
  TimeZone: 'Asia/Vladivostok',
  default_transaction_isolation: 'serializable',
  bytea_output: 'escape',
  jit: 'on',
  statement_timeout: '1h',
  lock_timeout: '1ms',
  session_replication_role: 'replica',
};

let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
});

afterEach(async () => {
  await database.close();
});

async function alterDatabase(settings: Readonly<Record<string, string>>): Promise<void> {
  const name = pg.escapeIdentifier(new URL(database.url).pathname.slice(1));
  for (const [setting, value] of Object.entries(settings)) {
    const literal = setting === 'search_path' ? value : pg.escapeLiteral(value);
    await database.pool.query(`alter database ${name} set ${setting} = ${literal}`);
  }
}

/** What sessions of a pool of ours say of these settings. */
async function settingsOf(url: string, names: readonly string[], searchPath?: string): Promise<Map<string, string>> {
  const onIdleError = (): void => undefined;
  const pool = createPool({ url, size: 2, onIdleError, ...(searchPath === undefined ? {} : { searchPath }) });
  try {
    const { rows } = await pool.query<{ name: string; value: string }>(
      'select name, current_setting(name, true) as value from unnest($1::text[]) as asked (name)',
      [names],
    );
    return new Map(rows.map(({ name, value }) => [name, value]));
  } finally {
    await pool.end();
  }
}

test('every session has our settings, whatever the database says', async () => {
  await alterDatabase(ODD);
  const settings = await settingsOf(database.url, Object.keys(ODD));
  for (const name of Object.keys(ODD)) expect([name, settings.get(name)]).toEqual([name, SESSION_SETTINGS[name]]);
});

test('every session has our settings, whatever `options=` in the address says', async () => {
  const options = Object.entries(ODD).map(([name, value]) => `-c ${name}=${value.replaceAll(/[, ]+/g, ',')}`);
  const settings = await settingsOf(
    `${database.url}?options=${encodeURIComponent(options.join(' '))}`,
    Object.keys(ODD),
  );
  for (const name of Object.keys(ODD)) expect([name, settings.get(name)]).toEqual([name, SESSION_SETTINGS[name]]);
});

test.each([
  ['off', 'on'],
  ['local', 'on'],
  ['on', 'on'],
  ['remote_write', 'remote_write'],
  ['remote_apply', 'remote_apply'],
])('a database that says synchronous_commit = %s gets sessions with %s', async (said, kept) => {
  await alterDatabase({ synchronous_commit: said });
  expect(await settingsOf(database.url, ['synchronous_commit'])).toEqual(new Map([['synchronous_commit', kept]]));
});

test('a timestamp is read as the instant that it is when the database writes dates in the German way', async () => {
  await alterDatabase({ DateStyle: 'German', TimeZone: 'Asia/Vladivostok' });
  const pool = createPool({ url: database.url, size: 1, onIdleError: () => undefined });
  const { rows } = await pool.query<{ at: Date }>("select timestamptz '2026-03-04 05:06:07.089Z' as at");
  await pool.end();
  expect(rows[0]?.at.toISOString()).toBe('2026-03-04T05:06:07.089Z');
});

test('a pool with a search path has it, whatever the address says', async () => {
  const url = `${database.url}?options=${encodeURIComponent('-c search_path=public')}`;
  expect(await settingsOf(url, ['search_path'], 'bullmq')).toEqual(new Map([['search_path', 'bullmq']]));
});

test('a pool looks in the schemas of its first session, also when the role is given another search path meanwhile', async () => {
  await database.pool.query('create schema "My House"');
  await alterDatabase({ search_path: '"My House", public' });
  const pool = createPool({ url: database.url, size: 2, onIdleError: () => undefined });
  const schemas = async (client: pg.ClientBase): Promise<unknown> =>
    (await client.query<{ schemas: string[] }>('select current_schemas(false)::text[] as schemas')).rows[0]?.schemas;
  const first = await pool.connect();
  expect(await schemas(first)).toEqual(['My House', 'public']);
  await alterDatabase({ search_path: 'public' });
  const second = await pool.connect();
  expect(await schemas(second)).toEqual(['My House', 'public']);
  first.release();
  second.release();
  await pool.end();
});
