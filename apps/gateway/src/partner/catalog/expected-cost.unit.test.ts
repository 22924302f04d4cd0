import { describe, expect, it } from '@jest/globals';
import type { OrderLine } from '@vestibule/troika-contract';
import { cardRule, expectedCost } from './expected-cost.js';
import type { OrderRules, TariffRule } from './order-rules.js';

const isStale = () => false;
const rule = (least: number, most: number, isPurse = false): TariffRule => ({ isPurse, least, most, range: '' });
const RULES: OrderRules = {
  tariffs: {
    entries: new Map([
      [1, rule(280_000, 280_000)],
      [2, rule(10_000, 500_000, true)],
      [3, rule(5_000, Infinity)],
    ]),
    isStale,
  },
  'card-types': { entries: new Map([[7, cardRule({ price: '50', deposit: '80.00' } as never)]]), isStale },
};
const cost = (lines: Partial<OrderLine>[], rules = RULES) => expectedCost({ orderData: lines as OrderLine[] }, rules);

describe('what an order should cost', () => {
  it.each<[string, Partial<OrderLine>, { least: number; most: number } | undefined]>([
    ['a tariff costs its price', { type: 'owncard', tariffId: 1 }, { least: 280_000, most: 280_000 }],
    ['twice', { type: 'owncard', tariffId: 1, quantity: 2 }, { least: 280_000, most: 560_000 }],
    ['a purse costs its amount', { type: 'owncard', tariffId: 2, amount: 1500.5 }, { least: 150_050, most: 150_050 }],
    ['a new card may cost more', { type: 'newcard', tariffId: 1, cardTypeId: 7 }, { least: 280_000, most: 293_000 }],
    ['an unknown tariff', { type: 'owncard', tariffId: 9 }, undefined],
    ['an unknown card', { type: 'newcard', tariffId: 1, cardTypeId: 8 }, undefined],
    ['a purse without an amount', { type: 'owncard', tariffId: 2 }, undefined],
    ['a tariff without an upper end', { type: 'owncard', tariffId: 3 }, undefined],
  ])('%s', (_, line, range) => {
    expect(cost([line])).toEqual(range);
  });

  it('is the sum of its lines', () => {
    const line = { type: 'owncard', tariffId: 1 } as const;
    expect(cost([line, { type: 'owncard', tariffId: 2, amount: 100 }])).toEqual({ least: 290_000, most: 290_000 });
  });

  it('is not known by a catalogue that is out of date, or not there', () => {
    const line = { type: 'owncard', tariffId: 1 } as const;
    const stale = { ...RULES, tariffs: { entries: new Map([[1, rule(1, 1)]]), isStale: () => true } };
    expect(cost([line], stale)).toBeUndefined();
    expect(cost([line], {})).toBeUndefined();
  });
});
