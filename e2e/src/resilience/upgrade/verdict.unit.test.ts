import { describe, expect, it } from '@jest/globals';
import { judge, type UpgradeEvidence } from './verdict.js';

const GOOD: UpgradeEvidence = {
  posted: [
    { id: 'a', key: 'k1', cardNumber: '1', version: 'old' },
    { id: 'b', key: 'k2', cardNumber: '2', version: 'new' },
  ],
  ledger: [
    { id: 'a', status: 'confirmed', troikaOrderId: '11' },
    { id: 'b', status: 'confirmed', troikaOrderId: '12' },
  ],
  executed: [
    { orderId: '11', cardNumber: '1' },
    { orderId: '12', cardNumber: '2' },
  ],
};
const [a, b] = GOOD.ledger as [UpgradeEvidence['ledger'][number], UpgradeEvidence['ledger'][number]];

describe('the verdict of an upgrade', () => {
  it('is good when each order was bought once, and the ledger has the partner’s id of it', () => {
    expect(judge(GOOD)).toEqual([]);
  });

  it.each<[string, Partial<UpgradeEvidence>, string]>([
    ['lost', { ledger: [a] }, 'order b, accepted by new, is not in the ledger'],
    [
      'unknown',
      { ledger: [{ ...a, status: 'unknown' }, b] },
      'order a, accepted by old, is unknown, and was bought 1 times',
    ],
    [
      'another one',
      { ledger: [a, { ...b, troikaOrderId: '99' }] },
      'order b, accepted by new, is 99 in the ledger, and 12 there',
    ],
    [
      'doubled',
      { executed: [...GOOD.executed, { orderId: '13', cardNumber: '2' }] },
      'order b, accepted by new, was bought 2 times',
    ],
    [
      'nobody’s',
      { executed: [...GOOD.executed, { orderId: '13', cardNumber: '3' }] },
      'card 3 was bought and never accepted',
    ],
  ])('names an order that is %s', (_, change, fault) => {
    expect(judge({ ...GOOD, ...change })).toEqual([fault]);
  });
});
