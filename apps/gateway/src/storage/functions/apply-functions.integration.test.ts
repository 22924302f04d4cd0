import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { migrate } from '../migrate.js';
import type { DatabaseFunction } from './database-function.js';
import { FUNCTIONS } from './index.js';

const ONE = { id: '0001-one', sql: 'create table things (name text)' };
const TWO = {
  id: '0002-two',
  sql: `create or replace function spoken() returns text language sql as $$ select 'older' $$`,
};

/** A release whose function `spoken` says a word, and whose trigger gives it to a thing without a name. */
function release(word: string): readonly DatabaseFunction[] {
  return [
    {
      name: 'spoken',
      definition: `create or replace function spoken() returns text language sql as $$ select '${word}' $$`,
    },
    {
      name: 'things_get_name',
      definition: `create or replace function things_get_name() returns trigger language plpgsql as $$
        begin new.name := coalesce(new.name, spoken()); return new; end $$`,
      trigger: `create or replace trigger things_name before insert on things
        for each row when (new.name is distinct from '${word}') execute function things_get_name()`,
    },
  ];
}

describe('the functions of the database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase({ migrated: false });
  });
  afterEach(() => database.close());

  const start = (functions: readonly DatabaseFunction[], migrations = [ONE]): Promise<string[]> =>
    migrate(database.pool, { migrations, functions });
  async function spoken(): Promise<string | undefined> {
    const { rows } = await database.pool.query<{ name: string }>('insert into things default values returning name');
    return rows[0]?.name;
  }
  async function texts(): Promise<number> {
    const { rows } = await database.pool.query<{ count: number }>(
      'select count(*)::int as count from schema_functions',
    );
    return rows[0]?.count ?? 0;
  }

  it('stand each in a file of its own, with its trigger', async () => {
    await migrate(database.pool);
    const { rows } = await database.pool.query<{ functions: string[]; triggers: string[] }>(
      `select array(select proname::text from pg_proc where pronamespace = 'public'::regnamespace) as functions,
              array(select tgname::text from pg_trigger where not tgisinternal) as triggers`,
    );
    const triggers = FUNCTIONS.flatMap(({ trigger = '' }) =>
      [...trigger.matchAll(/trigger (\w+)/g)].map(([, name = '']) => name),
    );
    expect(rows[0]?.functions.sort()).toEqual(FUNCTIONS.map(({ name }) => name).sort());
    expect(rows[0]?.triggers.sort()).toEqual(triggers.sort());
  });

  it('are made again when their text has changed, once, although many processes start together', async () => {
    await start(release('first'));
    expect(await spoken()).toBe('first');
    await Promise.all(Array.from({ length: 4 }, () => start(release('second'))));
    expect(await spoken()).toBe('second');
    expect(await texts()).toBe(5);
  });

  it('stay as a newer release made them when a process of an older one starts beside it', async () => {
    await start(release('older'));
    await start(release('newer'));
    await start(release('older'));
    expect(await spoken()).toBe('newer');
    const olderMayRun = 'alter table schema_migrations add column older_may_run boolean not null default true';
    await start(release('newest'), [ONE, { id: '0002-more', sql: olderMayRun }]);
    await start(release('unheard-of'));
    expect(await spoken()).toBe('newest');
  });

  it('are as their files say after a migration that brought an older text for its own use', async () => {
    await start(release('present'));
    await start(release('present'), [ONE, TWO]);
    expect(await spoken()).toBe('present');
  });
});
