import { expect, it } from '@jest/globals';
import { OrderRate } from './order-rate.js';

it('a key places as many orders a second as it may, a batch is taken whole and waited for, and other keys get theirs', () => {
  let now = 5_000;
  const rate = new OrderRate({ byName: new Map([['till', 1_000]]), others: 10 }, () => now);
  const refusal = (secs: string) =>
    expect.objectContaining({ problem: expect.objectContaining({ status: 429 }), headers: { 'retry-after': secs } });
  for (let count = 0; count < 10; count += 1) rate.take('shop', 1);
  expect(() => rate.take('shop', 1)).toThrow(refusal('1'));
  rate.take('office', 1);
  now += 1_000;
  rate.take('shop', 51);
  expect(() => rate.take('shop', 1)).toThrow(refusal('5'));
  rate.take('till', 1_000);
  now += 5_000;
  rate.take('shop', 1);
});

it('without a limit a key places as many orders as it likes', () => {
  const rate = new OrderRate({ byName: new Map([['till', 1]]), others: undefined }, () => 0);
  for (let count = 0; count < 1_000; count += 1) rate.take('shop', 1_000);
  rate.take('till', 1);
  expect(() => rate.take('till', 1)).toThrow('1 orders a second');
});
