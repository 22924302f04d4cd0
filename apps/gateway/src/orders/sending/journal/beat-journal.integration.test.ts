import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { beatJournal, type Beat, type BeatOutcome } from './beat-journal.js';
import { findMarks } from './journal-marks.js';
import { insertOrder } from './testing/ledger.js';

describe('a sign of life of a send journal', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const PLACE = { seq: 7, segment: 1, bytes: 900 };
  const beatOf = (given: Partial<Beat>): Promise<BeatOutcome> =>
    beatJournal(database.pool, {
      journal: randomUUID(),
      host: 'here',
      beat: 1,
      expected: undefined,
      place: PLACE,
      lastAttemptAt: new Date('2026-03-01T10:00:00.000Z'),
      settled: [],
      ...given,
    });

  it('moves the mark of its journal, and returns the position of PostgreSQL', async () => {
    const journal = randomUUID();
    expect(await beatOf({ journal })).toMatchObject({
      kind: 'taken',
      position: {
        systemId: expect.stringMatching(/^\d+$/),
        timeline: 1,
        lsn: expect.stringMatching(/^[\dA-F]+\/[\dA-F]+$/),
      },
    });
    expect(await beatOf({ journal, beat: 2, expected: 1, place: { ...PLACE, seq: 9 } })).toMatchObject({
      kind: 'taken',
    });
    expect((await findMarks(database.pool)).get(journal)).toMatchObject({ beat: 2, seq: 9, bytes: 900, isFresh: true });
  });

  it('is taken when it is repeated because its answer was lost', async () => {
    const journal = randomUUID();
    for (const expected of [undefined, undefined]) {
      expect(await beatOf({ journal, expected })).toMatchObject({ kind: 'taken' });
    }
    for (const expected of [1, 1]) {
      expect(await beatOf({ journal, beat: 2, expected })).toMatchObject({ kind: 'taken' });
    }
  });

  it('notices a ledger that remembers an earlier one, or none', async () => {
    const journal = randomUUID();
    await beatOf({ journal });
    await beatOf({ journal, beat: 2, expected: 1 });
    await database.pool.query('update send_journals set beat = 1, seq = 3 where journal = $1', [journal]);
    expect(await beatOf({ journal, beat: 3, expected: 2 })).toMatchObject({ kind: 'behind' });
    expect((await findMarks(database.pool)).get(journal)).toMatchObject({ beat: 1, seq: 3 });
    expect(await beatOf({ beat: 3, expected: 2 })).toMatchObject({ kind: 'behind' });
  });

  it('notices a ledger that has lost an attempt, and leaves the mark in front of it', async () => {
    const journal = randomUUID();
    const orderId = await insertOrder(database, { status: 'confirmed', attempts: 1, outcome: 'answered' });
    const settled = [1, 2].map((attempt) => ({ orderId, attempt }));
    expect(await beatOf({ journal, settled: settled.slice(0, 1) })).toMatchObject({ kind: 'taken' });
    expect(await beatOf({ journal, beat: 2, expected: 1, settled, place: { ...PLACE, seq: 99 } })).toEqual({
      kind: 'behind',
      why: `the ledger has lost an attempt of order ${orderId}`,
    });
    expect((await findMarks(database.pool)).get(journal)).toMatchObject({ beat: 1, seq: 7 });
  });

  it('misses no order that was purged', async () => {
    const orderId = randomUUID();
    await database.pool.query(`insert into audit (who, action, details) values ('ops', 'orders.purge', $1)`, [
      JSON.stringify({ orders: [orderId] }),
    ]);
    expect(await beatOf({ settled: [{ orderId, attempt: 1 }] })).toMatchObject({ kind: 'taken' });
  });
});
