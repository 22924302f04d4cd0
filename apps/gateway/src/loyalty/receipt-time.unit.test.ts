import { describe, expect, it } from '@jest/globals';
import { isFromTheFuture } from './receipt-time.js';

describe('isFromTheFuture', () => {
  const now = new Date('2026-03-17T12:00:00Z');

  it.each([
    ['an hour ago in UTC', '2026-03-17T11:00:00', false],
    ['a minute ago in Kamchatka', '2026-03-17T23:59:00', false],
    ['fourteen hours ahead of Moscow', '2026-03-18T05:00:00', false],
    ['more than fourteen hours ahead of Moscow', '2026-03-18T05:00:01', true],
  ])('knows a receipt of %s', (_when, time, future) => {
    expect(isFromTheFuture({ time }, now)).toBe(future);
  });
});
