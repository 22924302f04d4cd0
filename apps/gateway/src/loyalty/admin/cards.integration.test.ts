import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { blockCard, unblockCard } from './block-card.js';
import { findCards, findStatement, type CardQuery } from './find-cards.js';
import { noteView } from './note-looks.js';
import { auditOf, makeCard } from './testing/cards.js';

const ACTOR = { who: 'ops', why: 'lost' };
const anything: CardQuery = { number: undefined, phone: undefined, email: undefined, limit: 10, after: undefined };

describe('a card that operators manage', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('is again what it was before it was blocked', async () => {
    for (const state of ['active', 'inactive'] as const) {
      const number = await makeCard(database.pool, state);
      expect(await blockCard(database.pool, number, ACTOR)).toEqual({
        kind: 'done',
        card: { number, state: 'blocked' },
      });
      expect(await unblockCard(database.pool, number, ACTOR)).toEqual({ kind: 'done', card: { number, state } });
    }
  });

  it('is blocked once, however many block it at the same instant', async () => {
    const number = await makeCard(database.pool, 'inactive');
    await Promise.all(Array.from({ length: 10 }, () => blockCard(database.pool, number, ACTOR)));
    expect(await auditOf(database.pool, number)).toEqual([
      {
        who: 'ops',
        action: 'card.block',
        why: 'lost',
        details: { before: { state: 'inactive' }, after: { state: 'blocked' } },
      },
    ]);
    expect(await unblockCard(database.pool, number, ACTOR)).toMatchObject({ card: { state: 'inactive' } });
  });

  it('stays as it is when the audit cannot be written', async () => {
    const number = await makeCard(database.pool);
    await expect(blockCard(database.pool, number, { who: 'ops', why: '\0' })).rejects.toMatchObject({ code: '22021' });
    const { rows } = await database.pool.query('select state, blocked_from from cards where number = $1', [number]);
    expect(rows).toEqual([{ state: 'active', blocked_from: null }]);
  });

  it('that was never blocked is not changed by unblocking, and gets no audit entry', async () => {
    const number = await makeCard(database.pool, 'inactive');
    expect(await unblockCard(database.pool, number, ACTOR)).toMatchObject({ card: { state: 'inactive' } });
    expect(await auditOf(database.pool, number)).toEqual([]);
    expect(await blockCard(database.pool, 'no such card', ACTOR)).toEqual({ kind: 'not-found' });
  });

  it('is noted once as seen by each operator, however often the page is opened in a row', async () => {
    const number = await makeCard(database.pool);
    for (const who of ['ops', 'olga', 'ops', 'ops']) await noteView(database.pool, who, number);
    expect((await auditOf(database.pool, number)).map(({ who, action }) => [who, action])).toEqual([
      ['ops', 'card.view'],
      ['olga', 'card.view'],
    ]);
  });

  it('appears once in the paged list, also when all cards were made at the same instant', async () => {
    await database.pool.query(`update cards set created_at = '2026-01-01'`);
    const seen: string[] = [];
    let after: CardQuery['after'];
    do {
      const { cards, next } = await findCards(database.pool, { ...anything, limit: 2, after });
      seen.push(...cards.map(({ number }) => number));
      after = next;
    } while (after !== undefined);
    const { rows } = await database.pool.query<{ number: string }>('select number from cards order by number desc');
    expect(seen).toEqual(rows.map(({ number }) => number));
  });

  it('is found by an index, for every search parameter', async () => {
    const after = { createdAt: '2026-01-01T00:00:00Z', number: '1' };
    const ways: [index: string, way: Partial<CardQuery>][] = [
      ['cards_newest', {}],
      ['cards_newest', { after }],
      ['cards_pkey', { number: '1' }],
      ['members_msisdn_key', { phone: '79161234567' }],
      ['members_email', { email: 'a@example.com' }],
    ];
    const client = await database.pool.connect();
    await client.query('set enable_seqscan = off');
    for (const [index, way] of ways) {
      const { text, values } = findStatement({ ...anything, ...way });
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain(index);
      expect(plan).not.toContain('Seq Scan');
    }
    client.release(true);
  });
});
