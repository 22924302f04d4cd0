import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { runGatewayToEnd } from '../harness/gateway-process.js';

const MIGRATE = fileURLToPath(new URL('../../../apps/gateway/dist/migrate.js', import.meta.url));
const TROIKA_URL = 'http://127.0.0.1:9';

let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  await database.drop();
});

/** What the command says and how it ends. */
function runMigrate(args: readonly string[]): Promise<{ code: number; out: string; errors: string }> {
  const { PATH = '' } = process.env;
  const env = { PATH, DATABASE_URL: database.url };
  return new Promise((resolve) => {
    execFile(process.execPath, [MIGRATE, ...args], { env, cwd: '/' }, (error, out, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, errors });
    });
  });
}

const tables = async (): Promise<number> =>
  (await database.pool.query(`select from pg_class where relname = 'schema_migrations'`)).rowCount ?? 0;

describe('a start that PostgreSQL does not allow', () => {
  it('because our user may create nothing names the variable and what to grant, in one line', async () => {
    const role = `poor_${randomBytes(4).toString('hex')}`;
    await database.pool.query(`create role ${role} login password 'word'`);
    await database.pool.query('revoke create on schema public from public');
    const url = new URL(database.url);
    url.username = role;
    url.password = 'word';
    const { code, said } = await runGatewayToEnd({ DATABASE_URL: url.href, TROIKA_URL });
    await database.pool.query(`drop role ${role}`);
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toEqual([
      expect.stringMatching(/user of DATABASE_URL .* GRANT CREATE ON DATABASE/),
    ]);
  });

  it('because it takes no writes says so', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`alter database ${name} set default_transaction_read_only = on`);
    const { code, said } = await runGatewayToEnd({ DATABASE_URL: database.url, TROIKA_URL });
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('DATABASE_URL leads to a PostgreSQL that takes no writes'),
    ]);
  });

  it('because it speaks no TLS says which setting asked for it', async () => {
    const { code, said } = await runGatewayToEnd({ DATABASE_URL: `${database.url}?sslmode=require`, TROIKA_URL });
    expect([code, said]).toEqual([1, expect.stringContaining('sslmode')]);
  });
});

describe('migrate.js', () => {
  it('with --help, or with an option that it does not know, does nothing', async () => {
    expect([(await runMigrate(['--help'])).code, (await runMigrate(['--dry'])).code]).toEqual([0, 2]);
    expect(await tables()).toBe(0);
  });

  it('refuses a database that a newer release has migrated, as the gateway does, until that release says they may run', async () => {
    expect((await runMigrate([])).code).toBe(0);
    await database.pool.query(`insert into schema_migrations (id) values ('9999-future')`);
    const { code, errors } = await runMigrate([]);
    expect([code, errors]).toEqual([1, expect.stringContaining('newer than this program')]);
    const gateway = await runGatewayToEnd({ DATABASE_URL: database.url, TROIKA_URL });
    expect([gateway.code, gateway.said]).toEqual([1, expect.stringContaining('newer than this program')]);
    await database.pool.query('update schema_migrations set older_may_run = true');
    expect((await runMigrate([])).code).toBe(0);
  });
});
