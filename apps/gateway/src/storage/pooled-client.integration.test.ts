import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { createPool } from './pool.js';
import { SESSION_SETTINGS } from './session-settings.js';
import { statement } from './statement.js';
import { runTransaction } from './transaction.js';

/** What the sessions that a pooler lends us may say. */
const ODD: Readonly<Record<string, string>> = {
  DateStyle: 'German, DMY',
  TimeZone: 'Asia/Vladivostok',
  bytea_output: 'escape',
  jit: 'on',
  statement_timeout: '1h',
  lock_timeout: '1ms',
  search_path: 'elsewhere',
};
const SETTINGS = statement('settings-of-session')`
select name, current_setting(name) as value from unnest($1::text[]) as asked (name)`;
const OURS = { ...SESSION_SETTINGS, search_path: 'public', synchronous_commit: 'on' };

let database: TestDatabase;
let pool: pg.Pool;

beforeEach(async () => {
  database = await openTestDatabase();
  // One connection, so that each statement finds what the one before it has left.
  const pooled = { directUrl: database.url, searchPath: 'public' };
  pool = createPool({ url: database.url, size: 1, onIdleError: () => undefined, pooled });
});

afterEach(async () => {
  await pool.end();
  await database.close();
});

async function alterDatabase(settings: Readonly<Record<string, string>>): Promise<void> {
  const name = pg.escapeIdentifier(new URL(database.url).pathname.slice(1));
  for (const [setting, value] of Object.entries(settings)) {
    await database.pool.query(`alter database ${name} set ${setting} = ${pg.escapeLiteral(value)}`);
  }
}

async function settingsOf(db: Pick<pg.ClientBase, 'query'>, names: readonly string[]): Promise<unknown> {
  const { rows } = await db.query<{ name: string; value: string }>({ ...SETTINGS, values: [names] });
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

test('each statement and each transaction behind a pooler has our settings, whatever its session says, and leaves none there', async () => {
  await alterDatabase({ ...ODD, synchronous_commit: 'off' });
  const names = [...Object.keys(ODD), 'synchronous_commit'];
  const ours = Object.fromEntries(names.map((name) => [name, OURS[name as keyof typeof OURS]]));
  expect(await settingsOf(pool as unknown as pg.ClientBase, names)).toEqual(ours);
  expect(await runTransaction(pool, (client) => settingsOf(client, names))).toEqual(ours);
  const client = await pool.connect();
  // Without settings of ours it shows the session as it is.
  (client as unknown as { settings: undefined }).settings = undefined;
  expect(await settingsOf(client, names)).toEqual({ ...ODD, synchronous_commit: 'off' });
  client.release(true);
});

test('behind a pooler a statement is answered as without one, and no session keeps its name', async () => {
  const named = statement('behind-a-pooler')`select $1::int as number`;
  expect((await pool.query({ ...named, values: [7] })).rows).toEqual([{ number: 7 }]);
  expect(await pool.query("select timestamptz '2026-03-04 05:06:07Z' as at")).toMatchObject({
    rowCount: 1,
    rows: [{ at: new Date('2026-03-04T05:06:07Z') }],
  });
  await expect(pool.query('select 1 / $1::int as wrong', [0])).rejects.toMatchObject({ code: '22012' });
  expect((await pool.query('select name from pg_prepared_statements')).rows).toEqual([]);
});

test('a transaction behind a pooler that fails is undone, and the next statement is not part of it', async () => {
  await pool.query('create table taken (id int primary key)');
  const insert = runTransaction(pool, async (client) => {
    await client.query('insert into taken values (1)');
    await client.query('insert into taken values (1)');
  });
  await expect(insert).rejects.toMatchObject({ code: '23505' });
  await pool.query('insert into taken values (2)');
  expect((await database.pool.query('select id from taken')).rows).toEqual([{ id: 2 }]);
});

test('a setting that no transaction can correct is an error that says what to run', async () => {
  await alterDatabase({ default_transaction_isolation: 'serializable' });
  await expect(pool.query('select')).rejects.toThrow("need default_transaction_isolation = 'read committed'");
});
