import { describe, expect, it } from '@jest/globals';
import { judgeLowMark } from './low-mark.js';

describe('the low-water mark of the fund', () => {
  /** The events of a series of readings. */
  function events(mark: string | undefined, amounts: string[]): (string | undefined)[] {
    let isLow = false;
    return amounts.map((amount) => {
      const verdict = judgeLowMark(amount, mark, isLow);
      isLow = verdict.isLow;
      return verdict.event?.kind;
    });
  }

  it('is reported once when it is crossed, and once when the fund is a tenth above it again', () => {
    const amounts = ['1500', '1000', '999.99', '500', '1000', '1099.99', '990', '1100', '1001', '5'];
    expect(events('1000', amounts)).toEqual([
      undefined,
      undefined,
      'fund.low',
      undefined,
      undefined,
      undefined,
      undefined,
      'fund.recovered',
      undefined,
      'fund.low',
    ]);
  });

  it('explains to a person what is left and what to do', () => {
    expect(judgeLowMark('999.99', '1000', false).event).toEqual({
      kind: 'fund.low',
      severity: 'warning',
      message:
        'The guarantee fund runs low: 999.99 roubles are left, less than 1000 (TROIKA_FUND_LOW). ' +
        'Fill it up: orders are refused when it is empty.',
      details: { amount: '999.99', mark: '1000' },
    });
  });

  it('causes no events when it is not set, and none after it is removed', () => {
    expect(events(undefined, ['0', '-5'])).toEqual([undefined, undefined]);
    expect(judgeLowMark('0', undefined, true)).toEqual({ isLow: false });
  });

  it('counts a fund below nothing as low', () => expect(events('1000', ['-0.01'])).toEqual(['fund.low']));
});
