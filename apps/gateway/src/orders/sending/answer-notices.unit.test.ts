import { describe, expect, it } from '@jest/globals';
import type { CostRange } from '../../partner/catalog/expected-cost.js';
import { answerNotices } from './answer-notices.js';
import { OUTCOME_TABLE, type AttemptVerdict } from './outcome-table.js';

const PAID: AttemptVerdict = {
  ...OUTCOME_TABLE['answered-0'],
  resultCode: 0,
  troikaOrderId: '228422',
  totalAmount: '2800',
};
const RANGE = { least: 280_000, most: 280_000 };
const kindsOf = (verdict: AttemptVerdict, range?: CostRange) =>
  answerNotices(verdict, range).map(({ kind, severity }) => `${kind}: ${severity}`);

describe('operator events for an answer of 0', () => {
  it('is nothing when all of it is as it should be, or when it is no answer of 0', () => {
    expect(kindsOf(PAID, RANGE)).toEqual([]);
    expect(kindsOf({ ...PAID, totalAmount: '2800.00' }, RANGE)).toEqual([]);
    expect(kindsOf({ ...OUTCOME_TABLE['answered-other'], resultCode: 7 })).toEqual([]);
    expect(kindsOf(OUTCOME_TABLE.unknown)).toEqual([]);
  });

  it('names the fields whose form is not the contract’s', () => {
    const odd = { ...PAID, totalAmount: '2 800,00', oddities: ['/totalAmount is not a number'] };
    const [notice, ...others] = answerNotices(odd, RANGE);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: 'order.odd-answer', severity: 'warning' });
    expect(notice?.message).toContain('confirmed an order as 228422');
    expect(notice?.message).toContain('/totalAmount is not a number');
    expect(notice?.details).toEqual({
      troikaOrderId: '228422',
      totalAmount: '2 800,00',
      fields: ['/totalAmount is not a number'],
    });
  });

  it('is that no one can follow or cancel an order without an id', () => {
    const { troikaOrderId: _none, ...rest } = PAID;
    const verdict = { ...rest, ...OUTCOME_TABLE['answered-0-without-id'], oddities: ['/id is missing'] };
    expect(kindsOf(verdict)).toEqual(['order.without-id: critical']);
  });

  it.each([
    ['28000', ['order.odd-amount: critical']],
    ['280', ['order.odd-amount: critical']],
    ['0', ['order.odd-amount: critical']],
    ['-2800', ['order.odd-amount: critical']],
    ['1e30', ['order.odd-amount: critical']],
    ['5600', []],
    ['1400', []],
    ['2800.5', []],
  ])('of %s roubles for a tariff of 2800 is %j', (totalAmount, kinds) => {
    expect(kindsOf({ ...PAID, totalAmount }, RANGE)).toEqual(kinds);
  });

  it('says what the order should have cost', () => {
    const [notice] = answerNotices({ ...PAID, totalAmount: '28000' }, { least: 280_000, most: 300_050 });
    expect(notice?.message).toContain('for 28000 roubles, and by the catalogue it costs 2800.00 to 3000.50 roubles');
  });

  it('compares with nothing where the catalogue does not say, and then only a negative amount cannot be right', () => {
    expect(kindsOf({ ...PAID, totalAmount: '28000' })).toEqual([]);
    expect(kindsOf({ ...PAID, totalAmount: '-1' })).toEqual(['order.odd-amount: critical']);
  });
});
