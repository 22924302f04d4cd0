import { describe, expect, it } from '@jest/globals';
import type { SendingState } from '../../api/sending.js';
import { leadOf } from './lead.js';

const since = '2026-11-27T03:41:00Z';
const state = (reason?: string, last?: string): SendingState => ({
  sending: {
    state: reason === undefined ? 'open' : 'stopped',
    stops: reason === undefined ? [] : [{ reason, message: '', since, continuesByItself: true, nextAt: null }],
    unknownOutcomes: 0,
  },
  orders: {
    counts: [
      { status: 'accepted', count: 200, oldestAt: since, oldestAgeSecs: 1 },
      { status: 'retrying', count: 14, oldestAt: since, oldestAgeSecs: 1 },
      { status: 'unknown', count: 3, oldestAt: since, oldestAgeSecs: 1 },
    ],
    sendingHold: { floor: null, amountLeft: null },
  },
  events:
    last === undefined
      ? []
      : [
          {
            id: '1',
            at: since,
            closedAt: null,
            kind: 'sending.paused',
            severity: 'critical',
            text: { en: '', ru: '' },
            details: { last },
          },
        ],
});

describe('the state in one sentence', () => {
  it('is that orders are sent while nothing stops them', () => {
    expect(leadOf(state())).toBe('Orders are sent.');
  });

  it('names what the partner answers, since when, and how many orders wait', () => {
    expect(leadOf(state('unknown-outcomes', 'HTTP 502, HTML'))).toMatch(/answers 502 since .*: 214\.$/);
  });

  it('says nothing of an answer where there was none, or where a person has stopped sending', () => {
    expect(leadOf(state('partner-unreachable', 'no answer in time'))).toMatch(/^Sending is stopped since .*: 214\.$/);
    expect(leadOf(state('by-hand', 'HTTP 502, HTML'))).not.toContain('502');
  });
});
