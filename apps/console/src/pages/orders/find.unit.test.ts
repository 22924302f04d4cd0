import { describe, expect, it } from '@jest/globals';
import { findingsOf, isOrderId, withFinding } from './find.js';

describe('the box that finds an order', () => {
  it.each([
    ['order-17', ['reference']],
    ['1450687670381', ['reference', 'troikaOrderId']],
    ['0012345678', ['reference', 'cardNumber']],
    ['0012 345 678', ['reference', 'cardNumber']],
    ['+7 916 123-45-67', ['reference', 'phone']],
    ['8 (916) 123-45-67', ['reference', 'troikaOrderId', 'phone']],
    ['9161234567', ['reference', 'troikaOrderId', 'phone', 'cardNumber']],
  ])('takes %s for %j, the cheapest to look up first', (text, by) => {
    expect(findingsOf(text).map((finding) => finding.by)).toEqual(by);
  });

  it('writes a phone as producers do, and leaves a card its zeros', () => {
    expect(findingsOf('8 916 123-45-67').at(-1)).toEqual({ by: 'phone', value: '+79161234567' });
    expect(findingsOf('0012345678').at(-1)).toEqual({ by: 'cardNumber', value: '0012345678' });
  });

  it('knows the id of an order', () => {
    expect(isOrderId('019AB3F4-1c2d-7e3f-8a4b-5c6d7e8f9a0b')).toBe(true);
    expect(isOrderId('order-17')).toBe(false);
  });

  it('looks for a card in the last month, or in the time that was chosen', () => {
    const card = { by: 'cardNumber', value: '0012345678' } as const;
    expect(withFinding({}, card, Date.UTC(2026, 1, 1))).toEqual({
      cardNumber: '0012345678',
      from: '2026-01-02T00:00:00.000Z',
    });
    expect(withFinding({ from: 'then' }, card, 0)).toEqual({ cardNumber: '0012345678', from: 'then' });
  });
});
