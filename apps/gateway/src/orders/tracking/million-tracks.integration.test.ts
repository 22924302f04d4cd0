import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { RateLimiter } from '../../partner/rate-limiter.js';
import { CLAIM_TRACKS, claimTracks, HORIZON_MS } from './claim-tracks.js';

const TRACKS = 1_000_000;
const MOST = 16;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

describe('a million orders that are tracked', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    const client = await database.pool.connect();
    // Their orders are of no matter here: the tracks alone are filled in.
    await client.query(`set session_replication_role = replica`);
    await client.query(
      `insert into order_tracks (order_id, due_at, since)
       select gen_random_uuid(), now() - interval '1 day' + n * interval '0.1 second', now() - interval '1 day'
         from generate_series(1, ${TRACKS}) n`,
    );
    // And orders enough that reading them all would show.
    await client.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status)
       select gen_random_uuid(), 'shop', n::text, '', '{}', 'confirmed' from generate_series(1, 50000) n`,
    );
    await client.query('analyze order_tracks, orders');
    client.release(true);
    await new RateLimiter(database.pool, 100_000).take();
  }, 120_000);
  afterAll(() => database.close());

  it('are found by the index, at the price of those that are taken', async () => {
    const { rows } = await database.pool.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(
      `explain (analyze, buffers, format json) ${CLAIM_TRACKS.text}`,
      [0.001, HORIZON_MS, MOST, 60_000, false, 0.01],
    );
    const [{ Plan: root }] = rows[0]!['QUERY PLAN'];
    const reading = nodesOf(root).filter(
      (node) => ['order_tracks', 'orders'].includes(node['Relation Name'] ?? '') && node['Node Type'].includes('Scan'),
    );
    const byIndex = reading.map((node) => node['Index Name']);
    expect(byIndex).toEqual(expect.arrayContaining(['order_tracks_due', 'orders_due']));
    expect(reading.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    for (const node of reading)
      expect((node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 0)).toBeLessThanOrEqual(MOST);
    // A million rows fill ten thousand pages and more.
    expect(root['Shared Hit Blocks'] + root['Shared Read Blocks']).toBeLessThan(1_000);
  });

  it('come into memory no more at a time than there is room for', async () => {
    // These tracks have no orders, so that no polls are made: only the claims are counted.
    const leased = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ count: number }>(
        'select count(*)::int as count from order_tracks where polls > 0',
      );
      return rows[0]?.count ?? 0;
    };
    const before = await leased();
    const { conditions } = await claimTracks(database.pool, {
      slotSecs: 1e-5,
      most: MOST,
      leaseMs: 60_000,
      isProbe: false,
    });
    expect(conditions.free).toBe(MOST);
    expect((await leased()) - before).toBe(MOST);
  });
});
