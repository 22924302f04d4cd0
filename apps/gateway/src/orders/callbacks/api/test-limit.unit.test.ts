import { expect, it } from '@jest/globals';
import { MOST_TESTS, TestLimit } from './test-limit.js';

it('a key that has sent thirty test deliveries in a minute gets 429 and a time to wait, and other keys get theirs', () => {
  let now = 5_000;
  const limit = new TestLimit(() => now);
  const take = (key: string): void => limit.take(key);
  for (let count = 0; count < MOST_TESTS; count += 1) {
    take('shop');
    now += 1_000;
  }
  expect(() => take('shop')).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ status: 429 }), headers: { 'retry-after': '30' } }),
  );
  take('office');
  now += 30_000;
  take('shop');
  expect(() => take('shop')).toThrow('30 test deliveries a minute');
});
