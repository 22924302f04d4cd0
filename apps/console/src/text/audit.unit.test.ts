import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../api/audit.js';
import { describeEntry } from './audit.js';

const entry = (action: string, details: AuditEntry['details']): AuditEntry => ({
  id: '1',
  at: '2026-05-01T00:00:00Z',
  who: 'ops',
  orderId: null,
  cardNumber: '1',
  why: null,
  action,
  details,
});

describe('an entry of the audit in words', () => {
  it('shows an adjustment with the balance before and after', () => {
    const details = {
      amount: '-20',
      description: 'goodwill',
      before: { available: '100.5' },
      after: { available: '80.5' },
    };
    expect(describeEntry(entry('card.adjust', details))).toEqual({
      what: 'adjusted a balance',
      more: '−20 (100.5 → 80.5): goodwill',
    });
  });

  it('shows an unknown action unchanged', () => {
    expect(describeEntry(entry('queue.drain', { jobs: 3 }))).toEqual({ what: 'queue.drain', more: '{"jobs":3}' });
  });

  it('survives details that are not as expected', () => {
    for (const action of ['card.adjust', 'card.block', 'orders.purge', 'order.resolve']) {
      expect(describeEntry(entry(action, {})).more).toBeUndefined();
    }
  });
});
