import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { migrate } from '../migrate.js';
import { canonicalContacts } from './0024-canonical-contacts.js';
import { MIGRATIONS } from './index.js';

/** Every format character that this Node.js knows. */
const INVISIBLE = Array.from({ length: 0x11_00_00 }, (_, code) => code)
  .filter((code) => (code < 0xd8_00 || code > 0xdf_ff) && /\p{Cf}/u.test(String.fromCodePoint(code)))
  .map((code) => String.fromCodePoint(code))
  .join('');

/** What is stored of a member, and what it becomes. */
const PHONES: readonly [stored: string, becomes: string][] = [
  [`7916${INVISIBLE}0000001`, '79160000001'],
  ['+7 (916) 000-00-02', '79160000002'],
  ['\u200b375291234567', '375291234567'],
  ['79160000003', '79160000003'],
  // Another member has it, or would get it as well.
  ['7916\u00ad0000003', '7916\u00ad0000003'],
  ['7916\u200b0000004', '7916\u200b0000004'],
  ['7916\u200c0000004', '7916\u200c0000004'],
  // Damage, and what may be read in two ways.
  ['789160000005', '789160000005'],
  ['\u200b8 916 000-00-06', '\u200b8 916 000-00-06'],
  ['\u200b9160000007', '\u200b9160000007'],
];
const EMAILS: readonly [stored: string, becomes: string][] = [
  [`ol${INVISIBLE}ga@example.com`, 'olga@example.com'],
  [' Vera@Example.com \u200b', 'vera@example.com'],
  ['Anna@example.com', 'Anna@example.com'],
  ['anna@example.com\u200b', 'anna@example.com\u200b'],
  ['gleb\u200b@example.com', 'gleb\u200b@example.com'],
  ['gleb@example.com\u200d', 'gleb@example.com\u200d'],
  ['info\u200b@почта.рф', 'info\u200b@почта.рф'],
  ['a\u200b b@example.com', 'a\u200b b@example.com'],
];

describe('contacts that were stored before invisible characters were dropped', () => {
  let database: TestDatabase;
  const reports: string[] = [];
  beforeAll(async () => {
    database = await openTestDatabase({ migrated: false });
    await migrate(database.pool, { migrations: MIGRATIONS.filter(({ id }) => id !== canonicalContacts.id) });
    const insert = 'insert into members (msisdn, email) select * from unnest($1::text[], $2::text[])';
    await database.pool.query(insert, [PHONES.map(([stored]) => stored), EMAILS.map(([stored]) => stored)]);
    await database.pool.query(
      `insert into cards (number, member_id, barcode, barcode_type)
       select 'CARD-' || id, id, id::text, 'CODE_128' from members where msisdn is not null`,
    );
    await migrate(database.pool, { onReport: (report) => reports.push(report) });
  });
  afterAll(() => database.close());

  const stored = async (column: 'msisdn' | 'email' | 'holder_msisdn', table = 'members'): Promise<string[]> => {
    const { rows } = await database.pool.query<{ value: string }>(
      `select ${column} as value from ${table} where ${column} is not null order by ${table === 'cards' ? 'member_id' : 'id'}`,
    );
    return rows.map(({ value }) => value);
  };

  it('have the form of today where that is certain and no one else has it, on cards too', async () => {
    expect(await stored('msisdn')).toEqual(PHONES.map(([, becomes]) => becomes));
    expect(await stored('holder_msisdn', 'cards')).toEqual(PHONES.map(([, becomes]) => becomes));
    expect(await stored('email')).toEqual(EMAILS.map(([, becomes]) => becomes));
  });

  it('are counted, those that were changed and those that were left', () => {
    expect(reports).toEqual([
      '3 phones and 2 e-mails of members were brought to the form of today; 6 phones and 5 e-mails have another form and were left',
    ]);
  });
});
