import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { until } from '../../testing/until.js';
import { migrate } from '../migrate.js';
import { createPool } from '../pool.js';
import { phoneOnCard } from './0015-phone-on-card.js';
import { MIGRATIONS } from './index.js';

/** A million: TEST_MIGRATED_MEMBERS=1000000, in the environment of this suite. */
const MEMBERS = Number(process.env['TEST_MIGRATED_MEMBERS'] ?? 100_000);
const FIRST = 79_000_000_000;
const AT = MIGRATIONS.findIndex(({ id }) => id === phoneOnCard.id);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ migrated: false });
  await migrate(database.pool, { migrations: MIGRATIONS.slice(0, AT) });
  await database.pool.query(
    `with person as (
       insert into members (msisdn) select (${FIRST} + n)::text from generate_series(1, ${MEMBERS}) n returning id, msisdn
     )
     insert into cards (number, member_id, barcode, barcode_type) select msisdn, id, msisdn, 'CODE_128' from person`,
  );
}, 600_000);
afterAll(() => database.close());

const last = String(FIRST + MEMBERS);

/** A connection that would rather fail than stand behind a lock on a table. */
async function impatient(): Promise<PoolClient> {
  const client = await database.pool.connect();
  await client.query(`set lock_timeout = '2s'`);
  return client;
}

it('a migration of a large table keeps neither readers nor writers from it, and continues where a killed one has stopped', async () => {
  // Someone is changing the last member, so that the work stands behind all other members.
  const holder = await database.pool.connect();
  await holder.query('begin');
  await holder.query('select from members where msisdn = $1 for update', [last]);
  const killed = createPool({ url: database.url, size: 1, onIdleError: () => undefined });
  const { rows: server } = await killed.query<{ pid: number }>('select pg_backend_pid() as pid');
  let waits = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (waits = resolve));
  const first = migrate(killed, {
    migrations: MIGRATIONS.slice(0, AT + 1),
    onWait: () => waits(),
  }).catch((error: unknown) => error);
  await waiting;

  const user = await impatient();
  const phoneOf = async (number: number): Promise<unknown> =>
    (await user.query('select holder_msisdn from cards where number = $1', [String(number)])).rows[0]?.holder_msisdn;
  expect(await phoneOf(FIRST + 1)).toBe(String(FIRST + 1));
  await user.query(`update members set msisdn = '79160000001' where msisdn = $1`, [String(FIRST + 1)]);
  expect(await phoneOf(FIRST + 1)).toBe('79160000001');
  await user.query('select pg_terminate_backend($1)', [server[0]?.pid]);
  expect(await first).toBeInstanceOf(Error);
  expect((await user.query('select from schema_migrations where id = $1', [phoneOnCard.id])).rowCount).toBe(0);
  user.release(true);
  await killed.end();

  await holder.query('rollback');
  holder.release();
  expect(await migrate(database.pool, { migrations: MIGRATIONS.slice(0, AT + 1) })).toEqual([phoneOnCard.id]);
  const { rows } = await database.pool.query(
    `select count(*) filter (where c.holder_msisdn is distinct from m.msisdn)::int as wrong, count(*)::int as cards
         from cards c join members m on m.id = c.member_id`,
  );
  expect(rows).toEqual([{ wrong: 0, cards: MEMBERS }]);
  await migrate(database.pool);
}, 600_000);

it('an index is made beside a transaction that is open, and one whose making was interrupted is made again', async () => {
  const step = { index: 'cards_made_beside', on: 'cards (created_at)' };
  const withIndex = [...MIGRATIONS, { id: '9998-index', sql: 'select 1', steps: [step] }];
  const reader = await database.pool.connect();
  await reader.query('begin isolation level repeatable read');
  await reader.query('select from cards limit 1');
  const killed = createPool({ url: database.url, size: 1, onIdleError: () => undefined });
  const { rows: server } = await killed.query<{ pid: number }>('select pg_backend_pid() as pid');
  const first = migrate(killed, { migrations: withIndex }).catch((error: unknown) => error);
  const isValid = async (): Promise<boolean | undefined> =>
    (await database.pool.query(`select indisvalid from pg_index where indexrelid = to_regclass('cards_made_beside')`))
      .rows[0]?.indisvalid;
  await until('the index is being made', async () => ((await isValid()) === false ? true : undefined));
  const user = await impatient();
  expect((await user.query('update cards set updated_at = now() where number = $1', [last])).rowCount).toBe(1);
  await user.query('select pg_terminate_backend($1)', [server[0]?.pid]);
  user.release(true);
  expect(await first).toBeInstanceOf(Error);
  await killed.end();
  expect(await isValid()).toBe(false);

  await reader.query('commit');
  reader.release();
  expect(await migrate(database.pool, { migrations: withIndex })).toEqual(['9998-index']);
  expect(await isValid()).toBe(true);
});
