import { describe, expect, it } from '@jest/globals';
import { deliveryIdOf, webhookIdOf } from './webhook-id.js';

describe('webhookIdOf', () => {
  it('leads to the delivery and back', () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    expect(webhookIdOf(id)).toBe('evt_0f8fad5bd9cb469fa16570867728950e');
    expect(deliveryIdOf(webhookIdOf(id))).toBe(id);
  });

  it.each(['', 'evt_', 'evt_1', `evt_${'g'.repeat(32)}`, `evt_${'0'.repeat(33)}`, '0'.repeat(32)])(
    'leads nowhere from %p',
    (text) => expect(deliveryIdOf(text)).toBeUndefined(),
  );
});
