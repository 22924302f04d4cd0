import { describe, expect, it } from '@jest/globals';
import { exactJson } from '../../http/exact-json.js';
import { earlierHashOf, hashRequest } from './request-hash.js';

const exact = (text: string): unknown => exactJson(text, JSON.parse(text));
const hash = (text: string): string => hashRequest([exact(text)]).toString('hex');

describe('the hash of a request', () => {
  it.each([
    ['{"a":1,"b":[2,{"c":3}]}', ' { "b" : [ 2 , { "c" : 3 } ] , "a" : 1 } '],
    ['{"a":1500.50}', '{"a":1500.5}'],
    ['{"a":1e3}', '{"a":1000}'],
    ['{"a":"\\u0041"}', '{"a":"A"}'],
    ['{"a":-0}', '{"a":0}'],
  ])('is the same for %s and %s', (one, other) => {
    expect(hash(one)).toBe(hash(other));
  });

  it.each([
    ['{"a":9007199254740993}', '{"a":9007199254740992}'],
    ['{"x":{"a":1}}', '{"x":[["a",1]]}'],
    ['{"a":1e400}', '{"a":null}'],
    ['{"a":1e400}', '{"a":1e401}'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":[]}', '{"a":{}}'],
    ['{"a":null}', '{}'],
    ['{"a":"b\\",\\"c"}', '{"a":"b","c":""}'],
  ])('is another for %s and %s', (one, other) => {
    expect(hash(one)).not.toBe(hash(other));
  });

  it('of an order from before is the one that stands in the ledger', () => {
    const parts = [{ b: 1, a: [true, { d: null, c: 'x' }] }, null, null, { n: 1.5 }];
    expect(earlierHashOf(parts).toString('hex')).toBe(
      'cc2790520b493e74607294b294856f96a913f6eb1bf43ecf6a19981e06dad84e',
    );
  });
});
