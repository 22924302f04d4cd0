import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { exactJson } from '../../http/exact-json.js';
import { RequestHashes } from './request-hash.js';

const exact = (text: string): unknown => exactJson(text, JSON.parse(text));
const KEY = Buffer.alloc(32, 1);
const hashes = new RequestHashes(KEY);
const partsOf = (text: string) => ({ exact: [exact(text)], plain: [JSON.parse(text) as unknown] });
const hash = (text: string): string => hashes.hash(partsOf(text)).toString('hex');

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
    const earlier = hashes.earlierHashes({ exact: parts, plain: parts }).map((one) => one.toString('hex'));
    expect(earlier).toContain('cc2790520b493e74607294b294856f96a913f6eb1bf43ecf6a19981e06dad84e');
    const text = '[{"a":[true,{"c":"x","d":null}],"b":1},null,null,{"n":1.5}]';
    expect(earlier).toContain(createHash('sha256').update(text).digest('hex'));
  });

  it('is another for each key, and known again under an earlier key', () => {
    const posted = partsOf('{"phone":"+79160000001"}');
    const young = new RequestHashes(Buffer.alloc(32, 2), [KEY]);
    expect(young.hash(posted).equals(hashes.hash(posted))).toBe(false);
    expect(young.earlierHashes(posted)[0]).toEqual(hashes.hash(posted));
  });
});
