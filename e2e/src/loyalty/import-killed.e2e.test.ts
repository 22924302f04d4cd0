import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { until } from '../harness/until.js';

const MIGRATE = fileURLToPath(new URL('../../../apps/gateway/dist/migrate.js', import.meta.url));
const IMPORT = fileURLToPath(new URL('../../../apps/gateway/dist/import.js', import.meta.url));
const LINES = 4_000;
/** The lock that the import runs into halfway. */
const LOCK = 1;

/** A file of each kind, and the table whose rows its lines become. */
const FILES: readonly { kind: string; table: string; header: string; line: (n: number) => string }[] = [
  {
    kind: 'clients',
    table: 'cards',
    header: 'card_number;phone;bonus_balance',
    line: (n) => `N${n};7916${String(n).padStart(7, '0')};10`,
  },
  {
    kind: 'purchases',
    table: 'purchases',
    header: 'external_id;card_number;date;amount_rub',
    line: (n) => `P${n};C${n % 10};20260317;${n}.05`,
  },
  {
    kind: 'bonuses',
    table: 'bonus_lots',
    header: 'external_id;card_number;amount',
    line: (n) => `B${n};C${n % 10};0.5`,
  },
  { kind: 'numbers', table: 'card_numbers', header: 'number;barcode_type', line: (n) => `K${n};CODE_128` },
  { kind: 'offers', table: 'offers', header: 'id;title;for_all', line: (n) => `O${n};Скидка;no` },
  { kind: 'offer-cards', table: 'offer_cards', header: 'offer_id;card_number', line: (n) => `O;C${n}` },
  { kind: 'promo-codes', table: 'promo_codes', header: 'code;description;bonus', line: (n) => `G${n};Подарок;5` },
  {
    kind: 'receipt-rules',
    table: 'receipt_rules',
    header: 'external_id;description;fixed',
    line: (n) => `R${n};Подарок;5`,
  },
  {
    kind: 'special-phones',
    table: 'special_phone_params',
    header: 'phone;name;value',
    line: (n) => `7918${String(n >> 1).padStart(7, '0')};p${n & 1};${n}`,
  },
];

describe('an import by the command', () => {
  let migrated: TestDatabase;
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    migrated = await createDatabase();
    const { PATH = '' } = process.env;
    await promisify(execFile)(process.execPath, [MIGRATE], { env: { PATH, DATABASE_URL: migrated.url } });
  });
  afterAll(() => migrated.drop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-import-'));
    database = await createDatabase(migrated);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });

  function start(kind: string, file: string): { child: ChildProcess; said: () => { out: string; progress: string } } {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [IMPORT, kind, file], {
      env: { PATH, HOME, DATABASE_URL: database.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', progress: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.progress += text));
    return { child, said: () => said };
  }
  const count = async (table: string): Promise<number> => {
    const { rows } = await database.pool.query<{ count: number }>(`select count(*)::integer as count from ${table}`);
    return rows[0]!.count;
  };

  it.each(FILES)('of $kind that was killed runs again and doubles nothing', async ({ kind, table, header, line }) => {
    await database.pool.query(
      `with member as (
         insert into members (msisdn) select '7917' || lpad(n::text, 7, '0') from generate_series(0, ${LINES - 1}) as n
         returning id, substr(msisdn, 5)::integer as n
       ), card as (
         insert into cards (number, member_id, barcode, barcode_type) select 'C' || n, id, 'C' || n, 'CODE_128' from member
       )
       insert into offers (id, title, for_all) values ('O', 'Закрытая распродажа', false)`,
    );
    const before = await count(table);
    const file = join(folder, `${kind}.csv`);
    await writeFile(file, [header, ...Array.from({ length: LINES }, (_, n) => line(n)), ';x'].join('\n'));

    await database.pool.query(
      `create function wait_halfway() returns trigger language plpgsql as $$ begin
         if (select count(*) from ${table}) > ${before + LINES / 2} then perform pg_advisory_xact_lock(${LOCK}); end if;
         return null;
       end $$;
       create trigger wait_halfway after insert on ${table} for each statement execute function wait_halfway()`,
    );
    const blocker = await database.pool.connect();
    await blocker.query(`select pg_advisory_lock(${LOCK})`);
    const first = start(kind, file);
    const killed = once(first.child, 'close');
    await until('the import is in the middle of a batch', async () => {
      const { rowCount } = await database.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      );
      return rowCount === 1 ? true : undefined;
    });
    first.child.kill('SIGKILL');
    await killed;
    await blocker.query(`select pg_advisory_unlock(${LOCK})`);
    blocker.release();
    await database.pool.query(`drop trigger wait_halfway on ${table}`);
    const there = (await count(table)) - before;
    expect(there).toBe(LINES / 2);

    const second = start(kind, file);
    const [code] = await once(second.child, 'close');
    expect(code).toBe(0);
    expect((await count(table)) - before).toBe(LINES);
    const { out, progress } = second.said();
    expect(progress).toContain(
      `${LINES + 1} lines: ${LINES - there} created, 0 changed, ${there} unchanged, 1 rejected; done\n`,
    );
    expect(out).toMatch(new RegExp(`^line ${LINES + 2}: .+\n$`));
  });

  it('says what can be imported when it is asked for something else', async () => {
    const { child, said } = start('sales', 'file.csv');
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
    expect(said().progress).toContain('clients|purchases|bonuses|numbers|offers|offer-cards|promo-codes');
  });
});
