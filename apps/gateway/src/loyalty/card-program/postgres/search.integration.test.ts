import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchQuery } from '@vestibule/koshelek-contract';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { searchStatement } from './search.js';

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
      // As a statement is planned that has been prepared, without a look at the values; and as its first runs are.
      for (const mode of ['force_generic_plan', 'force_custom_plan']) {
        const nodes = await planOf(queries, mode);
        expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        const indexes = nodes.flatMap((node) => node['Index Name'] ?? []);
        expect(new Set(indexes)).toEqual(new Set(by.flatMap((parameter) => INDEXES[parameter])));
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
