import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';
import { createPool } from './pool.js';

const ALL = MIGRATIONS.map(({ id }) => id);

describe('migrate', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase({ migrated: false });
  });
  afterEach(() => database.close());

  it('runs each migration once although many processes start together', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(database.pool)));
    expect(runs.flat().sort()).toEqual(ALL);
    expect(await migrate(database.pool)).toEqual([]);
  });

  it('gives a migration all the time it needs, and a limit to its waiting for locks alone', async () => {
    const pool = createPool({ url: database.url, size: 1, onIdleError: () => undefined });
    const sql = `create table limits as
      select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`;
    await migrate(pool, { migrations: [{ id: '1', sql }] });
    expect((await pool.query('select * from limits')).rows).toEqual([{ statement: '0', lock: '3s' }]);
    await pool.end();
  });

  it('waits for a table that others hold, again and again, and does not keep readers from it meanwhile', async () => {
    const first = { id: '1', sql: 'create table busy (id integer)' };
    const second = { id: '2', sql: 'alter table busy add column more text' };
    await migrate(database.pool, { migrations: [first] });
    const holder = await database.pool.connect();
    await holder.query('begin');
    await holder.query('lock table busy in access share mode');
    const waits: string[] = [];
    let seen = (): void => undefined;
    const twice = new Promise<void>((resolve) => (seen = resolve));
    const migrating = migrate(database.pool, {
      migrations: [first, second],
      onWait: (id) => {
        waits.push(id);
        if (waits.length === 2) seen();
      },
    });
    await twice;
    expect((await database.pool.query('select count(*)::int as rows from busy')).rows).toEqual([{ rows: 0 }]);
    await holder.query('rollback');
    holder.release();
    expect(await migrating).toEqual(['2']);
    expect(new Set(waits)).toEqual(new Set(['2']));
  });

  it('neither interrupts a migration nor those that wait for it at the limit that the pool sets for statements', async () => {
    const pools = [1, 2, 3].map(() => createPool({ url: database.url, size: 1, onIdleError: () => undefined }));
    for (const pool of pools) pool.on('connect', (client) => void client.query(`set statement_timeout = '200ms'`));
    const slow = { id: '1', sql: 'select pg_sleep(0.8)' };
    const runs = await Promise.all(pools.map((pool) => migrate(pool, { migrations: [slow] })));
    expect(runs.flat()).toEqual(['1']);
    await Promise.all(pools.map((pool) => pool.end()));
  });

  it('refuses a database that a newer release has migrated, unless that release says that older programs may run', async () => {
    await migrate(database.pool);
    const future = { id: '9998-addition', sql: 'select 1', olderMayRun: true } as const;
    await migrate(database.pool, { migrations: [...MIGRATIONS, future] });
    const newer: string[] = [];
    expect(await migrate(database.pool, { onNewer: (ids) => newer.push(...ids) })).toEqual([]);
    expect(newer).toEqual(['9998-addition']);
    await migrate(database.pool, { migrations: [...MIGRATIONS, future, { id: '9999-change', sql: 'select 1' }] });
    await expect(migrate(database.pool)).rejects.toThrow(
      'the database is newer than this program: it has the migrations 9999-change',
    );
  });

  it('makes no second ledger beside one that the search_path hides', async () => {
    await migrate(database.pool);
    await database.pool.query('create schema elsewhere');
    const url = `${database.url}?options=${encodeURIComponent('-c search_path=elsewhere')}`;
    const pool = createPool({ url, size: 1, onIdleError: () => undefined });
    await expect(migrate(pool)).rejects.toThrow('has a ledger in the schema "public"');
    await pool.end();
    const { rows } = await database.pool.query(`select from pg_class where relnamespace = 'elsewhere'::regnamespace`);
    expect(rows).toEqual([]);
  });

  it('analyses the tables that hold rows, and leaves the planner to expect rows of one that is empty and will grow', async () => {
    const tables = `create table filled as select 1 as id; create table empty (id integer)`;
    await migrate(database.pool, { migrations: [{ id: '1', sql: tables }] });
    const { rows } = await database.pool.query<{ name: string; analysed: boolean }>(
      `select relname as name, reltuples >= 0 as analysed from pg_class where relname in ('filled', 'empty') order by 1`,
    );
    expect(rows).toEqual([
      { name: 'empty', analysed: false },
      { name: 'filled', analysed: true },
    ]);
  });

  it('leaves no lock behind when its process is killed in the middle of a migration', async () => {
    const killed = createPool({ url: database.url, size: 1, onIdleError: () => undefined });
    const client = await killed.connect();
    await client.query(`set client_connection_check_interval = '2s'`);
    await client.query('select pg_advisory_lock($1)', [7_305_117_215]);
    await client.query('begin');
    const migrating = client.query('select pg_sleep(600)').catch((error: unknown) => error);
    const waiting = migrate(database.pool);
    // As SIGKILL does: the connection is gone without a word of PostgreSQL's protocol.
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    const closed = once(stream, 'close');
    stream.destroy();
    await closed;
    await migrating;
    expect(await waiting).toEqual(ALL);
    client.release(true);
    await killed.end();
  });
});
