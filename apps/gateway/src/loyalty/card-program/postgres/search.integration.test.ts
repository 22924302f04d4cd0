import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { searchStatement } from './search.js';

const MEMBERS = 100_000;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
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
    await database.pool.query('analyze members, cards');
  }, 60_000);
  afterAll(() => database.close());

  const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

  it.each([
    ['msisdn', { msisdn: '79000000042' }],
    ['email', { email: 'member-42@example.com' }],
    ['birthDate', { birthDate: '1950-02-12' }],
    ['all three', { msisdn: '79000000042', email: 'member-43@example.com', birthDate: '1950-02-12' }],
  ])('finds by %s through an index, reading no table as a whole', async (_by, query) => {
    const { text, values } = searchStatement([query]);
    const client = await database.pool.connect();
    try {
      // As a statement that has been prepared once is planned: without a look at the values.
      await client.query('set plan_cache_mode = force_generic_plan');
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) ${text}`,
        values,
      );
      const nodes = nodesOf(rows[0]!['QUERY PLAN'][0].Plan);
      const tables = nodes.filter((node) => node['Relation Name'] !== undefined);
      expect(tables.map((node) => node['Relation Name'])).toEqual(expect.arrayContaining(['members', 'cards']));
      expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
      for (const node of tables) expect(node['Actual Rows']).toBeLessThanOrEqual(100);
    } finally {
      client.release(true);
    }
  });
});
