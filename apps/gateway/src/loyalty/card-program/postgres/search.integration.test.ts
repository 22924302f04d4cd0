import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchQuery } from '@vestibule/koshelek-contract';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { searchCards, searchStatement } from './search.js';

const MEMBERS = 100_000;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

describe('the search among a hundred thousand members', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into members (msisdn, email, birth_date)
       select '7900' || lpad(n::text, 7, '0'), 'Member-' || n || '@example.com', date '1950-01-01' + n % 20000
         from generate_series(1, ${MEMBERS}) as n`,
    );
    await database.pool.query(
      `insert into cards (number, member_id, barcode, barcode_type)
       select lpad(id::text, 13, '0'), id, lpad(id::text, 13, '0'), 'CODE_128' from members`,
    );
    await database.pool.query('vacuum (analyze) members, cards');
  }, 60_000);
  afterAll(() => database.close());

  it('answers a search by phone from one index alone', async () => {
    const nodes = await planOf([{ msisdn: '79000000042' }], 'force_generic_plan');
    const reads = nodes.filter((node) => node['Index Name'] !== undefined).map((node) => node['Node Type']);
    expect(reads).toEqual(['Index Only Scan']);
  });

  const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

  /** The plan of a statement as it ran. */
  async function planOf(queries: readonly SearchQuery[], mode: string): Promise<PlanNode[]> {
    const { text, values } = searchStatement(queries);
    const client = await database.pool.connect();
    try {
      await client.query(`set plan_cache_mode = ${mode}`);
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) ${text}`,
        values,
      );
      return nodesOf(rows[0]!['QUERY PLAN'][0].Plan);
    } finally {
      client.release(true);
    }
  }

  const INDEXES = {
    msisdn: ['cards_holder_msisdn'],
    email: ['members_email', 'cards_member_id_key'],
    birthDate: ['members_birth_date', 'cards_member_id_key'],
  };
  const ALONE = [
    ['msisdn', { msisdn: '79000000042' }],
    ['email', { email: 'member-42@example.com' }],
    ['birthDate', { birthDate: '1950-02-12' }],
  ] as const;
  const TOGETHER = Object.assign({}, ...ALONE.map(([, query]) => query)) as SearchQuery;
  const manyOf = (parameter: keyof SearchQuery): SearchQuery[] =>
    Array.from({ length: 128 }, (_, n) => ({
      [parameter]: {
        msisdn: `7900${String(n * 7 + 1).padStart(7, '0')}`,
        email: `member-${n}@example.com`,
        birthDate: `19${50 + (n % 40)}-02-12`,
      }[parameter],
    }));

  it.each<[string, readonly SearchQuery[], readonly (keyof SearchQuery)[]]>([
    ...ALONE.map(([by, query]) => [by, [query], [by]] as [string, SearchQuery[], (keyof SearchQuery)[]]),
    ['all three at once', [TOGETHER], ['msisdn', 'email', 'birthDate']],
    ...ALONE.map(
      ([by]) => [`${by}, 128 in one statement`, manyOf(by), [by]] as [string, SearchQuery[], (keyof SearchQuery)[]],
    ),
  ])(
    'finds by %s through the index of each parameter, reading nothing that it does not answer',
    async (_by, queries, by) => {
      // The generic plan of a prepared statement, and the custom plan of its first runs.
      for (const mode of ['force_generic_plan', 'force_custom_plan']) {
        const nodes = await planOf(queries, mode);
        expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        const indexes = nodes.flatMap((node) => node['Index Name'] ?? []);
        const confirming = by.length === 3 ? ['members_pkey'] : [];
        expect(new Set(indexes)).toEqual(new Set([...by.flatMap((parameter) => INDEXES[parameter]), ...confirming]));
        // An index that is read from end to end would throw nearly everything away.
        for (const node of nodes) {
          expect(node['Rows Removed by Filter'] ?? 0).toBe(0);
          expect(node['Rows Removed by Index Recheck'] ?? 0).toBe(0);
          expect(node['Actual Rows']).toBeLessThanOrEqual(100 * queries.length);
        }
      }
    },
  );
});

describe('a search that a birth date has to decide', () => {
  const SAME_DAY = 2_000;
  const POLICY = { blockedCards: 'refuse', ambiguousSearch: 'refuse' } as const;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await database.pool.query(
      `insert into members (msisdn, email, birth_date)
       select '7916' || lpad(n::text, 7, '0'), 'member-' || n || '@example.com',
              case when n = ${SAME_DAY + 1} then date '1975-05-05' else date '1980-01-01' end
         from generate_series(1, ${SAME_DAY + 1}) as n`,
    );
    await database.pool.query(
      `insert into cards (number, member_id, barcode, barcode_type)
       select 'BD-' || right(msisdn, 7), id, id, 'CODE_128' from members where msisdn <> '79160000001'`,
    );
  });
  afterAll(() => database.close());

  const phone = (n: number): string => `7916${String(n).padStart(7, '0')}`;
  const email = (n: number): string => `member-${n}@example.com`;
  const found = (number: string) => ({ kind: 'done', value: expect.objectContaining({ cardNumber: number }) });

  it.each([2, 10, 101, SAME_DAY])(
    'chooses the card of the person with that birth date, however many share it (%d)',
    async (n) => {
      const queries = [
        { msisdn: phone(n), email: email(SAME_DAY + 1), birthDate: '1980-01-01' },
        { msisdn: phone(SAME_DAY + 1), email: email(n), birthDate: '1980-01-01' },
        { msisdn: phone(SAME_DAY + 1), email: email(n), birthDate: '1975-05-05' },
      ];
      const right = `BD-${phone(n).slice(-7)}`;
      await expect(searchCards(database.pool, queries, POLICY)).resolves.toEqual([
        found(right),
        found(right),
        found(`BD-000${SAME_DAY + 1}`),
      ]);
    },
  );

  it('is ambiguous between two persons with the same birth date, and for a shared date alone', async () => {
    const queries = [{ msisdn: phone(2), email: email(3), birthDate: '1980-01-01' }, { birthDate: '1980-01-01' }];
    const several = { kind: 'refused', why: 'severalCardsMatch' };
    await expect(searchCards(database.pool, queries, POLICY)).resolves.toEqual([several, several]);
  });

  it('finds the one card of a date, no matter who else without a card was born then', async () => {
    await database.pool.query(`insert into members (birth_date) select date '1975-05-05' from generate_series(1, 300)`);
    await expect(searchCards(database.pool, [{ birthDate: '1975-05-05' }], POLICY)).resolves.toEqual([
      found(`BD-000${SAME_DAY + 1}`),
    ]);
  });
});
