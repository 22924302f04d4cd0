import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { adjustBalance, type AdjustOutcome } from './adjust-balance.js';
import { readAdjustment } from './card-requests.js';
import { auditOf, giveLots, makeCard, restsOf } from './testing/cards.js';

const WHY = 'complaint 17';
const PAST = '2020-01-01';
const FUTURE = '2099-01-01';

describe('an adjustment of a balance', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const adjust = (
    card: string,
    amount: string,
    { key = randomUUID(), who = 'ops', ...more }: { key?: string; who?: string; validUntil?: string } = {},
  ): Promise<AdjustOutcome> => {
    const { adjustment, actor } = readAdjustment({ amount, description: 'goodwill', why: WHY, ...more }, who);
    return adjustBalance(database.pool, card, adjustment, actor, key);
  };
  const countOf = async (card: string): Promise<[adjustments: number, audited: number]> => {
    const { rowCount } = await database.pool.query('select from balance_adjustments where card_number = $1', [card]);
    return [rowCount ?? 0, (await auditOf(database.pool, card)).length];
  };

  it('credits a separate lot, in exact decimals', async () => {
    const card = await makeCard(database.pool);
    await giveLots(database.pool, card, [{ amount: '0.1' }]);
    const outcome = await adjust(card, '0.2000', { validUntil: FUTURE });
    expect(outcome).toMatchObject({
      kind: 'done',
      replayed: false,
      adjusted: {
        amount: '0.2',
        before: { total: '0.1', available: '0.1' },
        after: { total: '0.3', available: '0.3' },
      },
    });
    const { rows } = await database.pool.query(
      `select description, amount::text, valid_until::text, source from bonus_lots where card_number = $1 order by id`,
      [card],
    );
    expect(rows[1]).toEqual({
      description: 'goodwill',
      amount: '0.2000',
      valid_until: FUTURE,
      source: 'operator',
    });
  });

  it('debits the lot that expires first, and no expired, spent or future lot', async () => {
    const card = await makeCard(database.pool);
    await giveLots(database.pool, card, [
      { amount: '10' },
      { amount: '10', validUntil: FUTURE },
      { amount: '10', validUntil: '2098-01-01', spent: '4' },
      { amount: '10', validUntil: PAST },
      { amount: '10', availableFrom: FUTURE },
      { amount: '10', spent: '10' },
    ]);
    const outcome = await adjust(card, '-17.5');
    expect(outcome).toMatchObject({
      kind: 'done',
      adjusted: { before: { total: '36', available: '26' }, after: { total: '18.5', available: '8.5' } },
    });
    expect(await restsOf(database.pool, card)).toEqual(['8.5', '0', '0', '10', '10', '0']);
    const [entry] = await auditOf(database.pool, card);
    expect((entry!.details['lots'] as { amount: string }[]).map(({ amount }) => amount)).toEqual(['-6', '-10', '-1.5']);
  });

  it('debits the whole balance, and refuses to debit a fraction more without changing anything', async () => {
    const card = await makeCard(database.pool);
    await giveLots(database.pool, card, [{ amount: '80.5' }, { amount: '5', availableFrom: FUTURE }]);
    expect(await adjust(card, '-80.5001')).toEqual({
      kind: 'not-enough',
      balance: { total: '85.5', available: '80.5' },
    });
    expect([await restsOf(database.pool, card), await countOf(card)]).toEqual([
      ['80.5', '5'],
      [0, 0],
    ]);
    expect(await adjust(card, '-80.5')).toMatchObject({ kind: 'done', adjusted: { after: { available: '0' } } });
    expect(await adjust(await makeCard(database.pool), '-0.01')).toMatchObject({ kind: 'not-enough' });
  });

  it('never takes a balance below zero, however many debit it at the same instant', async () => {
    const card = await makeCard(database.pool);
    await giveLots(database.pool, card, [{ amount: '30' }, { amount: '25.5', validUntil: FUTURE }, { amount: '44.5' }]);
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => adjust(card, '-7.5')));
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'done')).toHaveLength(13);
    expect(kinds.filter((kind) => kind === 'not-enough')).toHaveLength(17);
    const { rows } = await database.pool.query<{ rest: string }>(
      'select trim_scale(sum(amount - spent))::text as rest from bonus_lots where card_number = $1',
      [card],
    );
    expect([rows[0]?.rest, await countOf(card)]).toEqual(['2.5', [13, 13]]);
    // One after the other: each begins where the one before has ended.
    const { rows: steps } = await database.pool.query<{ before: number; after: number }>(
      `select available_before::float8 as before, available_after::float8 as after
         from balance_adjustments where card_number = $1 order by available_before desc`,
      [card],
    );
    expect(steps).toEqual(Array.from({ length: 13 }, (_, at) => ({ before: 100 - at * 7.5, after: 92.5 - at * 7.5 })));
  });

  it('is made once for a key, however often the click is repeated at the same instant', async () => {
    const card = await makeCard(database.pool);
    const key = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => adjust(card, '100.50', { key })));
    expect(outcomes.filter((outcome) => outcome.kind === 'done' && !outcome.replayed)).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => outcome.kind === 'done' && outcome.adjusted.id)).size).toBe(1);
    expect([await restsOf(database.pool, card), await countOf(card)]).toEqual([['100.5'], [1, 1]]);
  });

  it('is made once for a key that arrives for two cards at the same instant', async () => {
    const cards = [await makeCard(database.pool), await makeCard(database.pool)];
    const key = randomUUID();
    const outcomes = await Promise.all(cards.map((card) => adjust(card, '5', { key })));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'key-reused']);
  });

  it('is a separate adjustment under the key of another operator, and is refused when the request differs', async () => {
    const card = await makeCard(database.pool);
    const key = randomUUID();
    await adjust(card, '5', { key });
    expect(await adjust(card, '5', { key, who: 'other' })).toMatchObject({ kind: 'done', replayed: false });
    expect(await adjust(card, '6', { key })).toEqual({ kind: 'key-reused' });
    expect(await restsOf(database.pool, card)).toEqual(['5', '5']);
  });

  it('that was refused leaves its key free', async () => {
    const card = await makeCard(database.pool);
    const key = randomUUID();
    expect(await adjust(card, '-5', { key })).toMatchObject({ kind: 'not-enough' });
    await giveLots(database.pool, card, [{ amount: '5' }]);
    expect(await adjust(card, '-5', { key })).toMatchObject({ kind: 'done', replayed: false });
  });

  it('does not credit a lot that expires before it begins, or an unknown card', async () => {
    const card = await makeCard(database.pool);
    expect(await adjust(card, '5', { validUntil: PAST })).toEqual({ kind: 'valid-until-over' });
    expect(await adjust('no such card', '5')).toEqual({ kind: 'not-found' });
    expect(await countOf(card)).toEqual([0, 0]);
  });

  it('says in the audit who, why, and the balance before and after, in the same transaction', async () => {
    const card = await makeCard(database.pool);
    await adjust(card, '12', { who: 'olga' });
    expect(await auditOf(database.pool, card)).toEqual([
      {
        who: 'olga',
        action: 'card.adjust',
        why: WHY,
        details: expect.objectContaining({
          amount: '12',
          description: 'goodwill',
          before: { total: '0', available: '0' },
          after: { total: '12', available: '12' },
        }),
      },
    ]);
    const client = await database.pool.connect();
    await client.query(`alter table audit add constraint full_audit check (action <> 'card.adjust') not valid`);
    client.release();
    await expect(adjust(card, '30')).rejects.toMatchObject({ code: '23514' });
    await database.pool.query('alter table audit drop constraint full_audit');
    expect([await restsOf(database.pool, card), await countOf(card)]).toEqual([['12'], [1, 1]]);
  });
});
