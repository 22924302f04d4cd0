import { describe, expect, it } from '@jest/globals';
import { hrefOfList, readFilter, searchOf } from './filter.js';

describe('the filter of the list of orders', () => {
  it('is in the address, and comes back from it', () => {
    const filter = { status: 'unknown', reason: 'timeout', key: 'shop & co', hours: '24' };
    expect(readFilter(hrefOfList(filter))).toEqual(filter);
    expect(hrefOfList({})).toBe('#/orders');
    expect(readFilter('#/orders')).toEqual({});
  });

  it('leaves out what there is not, so that the gateway is asked for nothing that it refuses', () => {
    expect(readFilter('#/orders?status=lost&reason=timeout&hours=5&day=tomorrow')).toEqual({});
    expect(readFilter('#/orders?status=confirmed&reason=timeout')).toEqual({ status: 'confirmed' });
    expect(readFilter('#/orders?day=2026-05-01&hours=24')).toEqual({ day: '2026-05-01' });
  });

  it('asks for a day from its first moment to the first one of the next, also at the end of a month', () => {
    const { from = '', to = '' } = searchOf({ day: '2026-01-31' }, 0);
    expect(new Date(from)).toEqual(new Date(2026, 0, 31));
    expect(new Date(to)).toEqual(new Date(2026, 1, 1));
    expect(searchOf({ status: 'failed', hours: '1' }, Date.UTC(2026, 0, 1, 1))).toEqual({
      status: ['failed'],
      from: '2026-01-01T00:00:00.000Z',
    });
  });
});
