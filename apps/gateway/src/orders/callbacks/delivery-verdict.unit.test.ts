import { describe, expect, it } from '@jest/globals';
import type { WebhookOutcome } from '../../egress/post-webhook.js';
import { decideDelivery } from './delivery-verdict.js';

const SCHEDULE = [0, 10, 100];

function answered(httpStatus: number, retryAfterSecs?: number): WebhookOutcome {
  return { kind: 'answered', httpStatus, retryAfterSecs };
}

describe('what becomes of a delivery', () => {
  it.each([
    [200, 'delivered', 'delivered'],
    [204, 'delivered', 'delivered'],
    [299, 'delivered', 'delivered'],
    [301, 'redirected', 'pending'],
    [304, 'redirected', 'pending'],
    [400, 'refused', 'pending'],
    [404, 'refused', 'pending'],
    [410, 'gone', 'pending'],
    [429, 'busy', 'pending'],
    [500, 'refused', 'pending'],
    [503, 'busy', 'pending'],
    [999, 'refused', 'pending'],
  ])('after %d: %s, and it is %s', (status, outcome, state) => {
    expect(decideDelivery(answered(status), 1, SCHEDULE)).toMatchObject({ outcome, state, httpStatus: status });
  });

  it('follows the schedule, give or take a fifth, and is given up behind its last entry', () => {
    const after = (attempt: number) => decideDelivery(answered(500), attempt, SCHEDULE);
    expect(after(1).retryInMs).toBeGreaterThanOrEqual(8_000);
    expect(after(1).retryInMs).toBeLessThanOrEqual(12_000);
    expect(after(2).retryInMs).toBeGreaterThanOrEqual(80_000);
    expect(after(3)).toMatchObject({ state: 'given-up' });
  });

  it.each([429, 503])('comes no earlier than %d asks for, an hour at most, and spares the whole address', (status) => {
    const { retryInMs, pauseMs } = decideDelivery(answered(status, 600), 1, SCHEDULE);
    expect([retryInMs >= 600_000, pauseMs >= 600_000]).toEqual([true, true]);
    expect(decideDelivery(answered(status, 999_999), 1, SCHEDULE).pauseMs).toBeLessThanOrEqual(4_320_000);
    expect(decideDelivery(answered(status), 1, SCHEDULE).pauseMs).toBe(0);
  });

  it('heeds Retry-After of no one else', () => {
    expect(decideDelivery(answered(500, 600), 1, SCHEDULE)).toMatchObject({ pauseMs: 0 });
    expect(decideDelivery(answered(302, 600), 1, SCHEDULE).retryInMs).toBeLessThan(13_000);
  });

  it('says why no answer came', () => {
    const outcome: WebhookOutcome = { kind: 'failed', reason: 'dns', detail: 'The host was not found (ENOTFOUND).' };
    expect(decideDelivery(outcome, 1, SCHEDULE)).toMatchObject({
      outcome: 'dns',
      httpStatus: null,
      detail: 'The host was not found (ENOTFOUND).',
      state: 'pending',
    });
  });
});
