import { describe, expect, it } from '@jest/globals';
import { addressOf, filterOf, readAddress } from './filter.js';

describe('the filter of the audit', () => {
  it('is in the address, and read from it as it was', () => {
    const values = {
      show: 'changes',
      who: 'ночной оператор',
      action: '',
      order: '',
      card: '0017',
      from: '2026-11-01',
      to: '',
    };
    expect(readAddress(addressOf(values))).toEqual(values);
    expect(addressOf({ show: '' })).toBe('#/audit');
  });

  it('asks for whole days of the reader, the last one with it', () => {
    const { from = '', to = '', who } = filterOf({ who: 'ops', from: '2026-11-01', to: '2026-11-01' });
    expect(who).toBe('ops');
    expect([new Date(from).getDate(), new Date(from).getHours()]).toEqual([1, 0]);
    expect([new Date(to).getDate(), new Date(to).getHours()]).toEqual([2, 0]);
    expect(filterOf({ who: '', from: '', to: '' })).toEqual({ who: '' });
  });
});
