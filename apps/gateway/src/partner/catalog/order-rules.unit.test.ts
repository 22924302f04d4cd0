import { describe, expect, it } from '@jest/globals';
import type { CardType, CreateOrderBody, OrderLine, Region, Tariff } from '@vestibule/troika-contract';
import { checkOrder, knownEntries, tariffRule, type OrderRules } from './order-rules.js';
import { Snapshot } from './snapshot.js';

const tariff = (id: string, more: Partial<Tariff> = {}): Tariff =>
  ({ id, ticketGroup: 'tat', priceMin: '2800', priceMax: '2800', ...more }) as Tariff;
const TARIFFS = [
  tariff('2671'),
  tariff('2680', { ticketGroup: 'purse', priceMin: '100.00', priceMax: '1.5e4' }),
  tariff('2681', { ticketGroup: 'Purse', priceMin: '0.1', priceMax: '0.3' }),
  tariff('2682', { ticketGroup: 'purse', priceMin: undefined, priceMax: undefined }),
];
const CARD_TYPES = [{ id: '1' }, { id: '02' }] as CardType[];
const REGIONS = [{ id: '77' }] as Region[];

/** The dictionaries, all of one age. */
function rulesAt(ageSecs: number, tariffs = TARIFFS): OrderRules {
  const at = [new Date(0), 60] as const;
  const age = ageSecs * 1_000;
  const known = {
    tariffs: knownEntries(new Snapshot('tariffs', '1', ...at, tariffs, age), tariffRule),
    'card-types': knownEntries(new Snapshot('card-types', '1', ...at, CARD_TYPES, age), () => undefined),
    regions: knownEntries(new Snapshot('regions', '1', ...at, REGIONS, age), () => undefined),
  };
  return Object.fromEntries(Object.entries(known).filter(([, entries]) => entries !== undefined));
}
const FRESH = rulesAt(0);
const STALE = rulesAt(121);

const order = (line: Partial<OrderLine>, more: Partial<CreateOrderBody> = {}): CreateOrderBody => ({
  orderData: [{ type: 'owncard', cardNumber: '1', tariffId: 2671, currencyId: 'RUB', ...line }],
  ...more,
});
const places = (body: CreateOrderBody, rules = FRESH): string[] =>
  checkOrder(body, rules).map(({ pointer }) => pointer);

describe('an order and the dictionaries', () => {
  it.each<[string, CreateOrderBody, string[]]>([
    ['what the dictionaries have', order({}, { regionId: 77 }), []],
    ['a tariff that is not there', order({ tariffId: 1 }), ['/orderData/0/tariffId']],
    ['a region that is not there', order({}, { regionId: 1 }), ['/regionId']],
    ['a card type that is not there', order({ type: 'newcard', cardTypeId: 9 }), ['/orderData/0/cardTypeId']],
    ['a card type whose id is a text there', order({ type: 'newcard', cardTypeId: 2 }), []],
    ['a card type that no new card has', order({ cardTypeId: 9 }), []],
    ['an amount on a tariff that is no purse', order({ amount: 1 }), []],
    ['a purse without an amount', order({ tariffId: 2680 }), ['/orderData/0/amount']],
    ['a purse at its least', order({ tariffId: 2680, amount: 100 }), []],
    ['a purse at its most', order({ tariffId: 2680, amount: 15_000 }), []],
    ['a kopeck too few', order({ tariffId: 2680, amount: 99.99 }), ['/orderData/0/amount']],
    ['a kopeck too many', order({ tariffId: 2680, amount: 15_000.01 }), ['/orderData/0/amount']],
    ['amounts that binary fractions blur', order({ tariffId: 2681, amount: 0.3 }), []],
    ['a purse without bounds', order({ tariffId: 2682, amount: 0.01 }), []],
  ])('agree or not about %s', (_what, body, pointers) => expect(places(body)).toEqual(pointers));

  it('are all checked, line by line', () => {
    const { orderData } = order({ tariffId: 1 });
    const lines = [...orderData, ...order({}).orderData, ...order({ tariffId: 2680, amount: 1 }).orderData];
    expect(places({ orderData: lines, regionId: 1 })).toEqual([
      '/regionId',
      '/orderData/0/tariffId',
      '/orderData/2/amount',
    ]);
  });

  it('report a hundred faults at most', () => {
    const lines = Array.from({ length: 1_000 }, () => order({ tariffId: 1 }).orderData[0] as OrderLine);
    expect(places({ orderData: lines, regionId: 1 })).toHaveLength(100);
  });

  it('name the allowed values, and never the sent one', () => {
    const [fault] = checkOrder(order({ tariffId: 2680, amount: 42.42 }), FRESH);
    expect(fault?.detail).toBe('amount must be a number of roubles from 100.00 up to 1.5e4 for this tariff.');
  });

  it('leave what a stale dictionary cannot know to the partner, but a purse still needs an amount', () => {
    expect(places(order({ type: 'newcard', cardTypeId: 9, tariffId: 1 }, { regionId: 1 }), STALE)).toEqual([]);
    expect(places(order({ tariffId: 2680, amount: 1 }), STALE)).toEqual([]);
    expect(places(order({ tariffId: 2680 }), STALE)).toEqual(['/orderData/0/amount']);
  });

  it('have nothing to disagree about before a dictionary is there, or when it is empty', () => {
    const body = order({ type: 'newcard', cardTypeId: 9, tariffId: 1 }, { regionId: 1 });
    expect(places(body, {})).toEqual([]);
    expect(places(body, rulesAt(0, []))).not.toContain('/orderData/0/tariffId');
  });
});
