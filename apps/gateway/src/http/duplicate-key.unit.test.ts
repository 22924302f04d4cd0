import { describe, expect, it } from '@jest/globals';
import { hasDuplicateKey } from './duplicate-key.js';

describe('a key that an object has twice', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"b":{"c":1},"a":1}',
    '[{"x":{"a":1 , "a"\n:2}}]',
    '{"phone":"79031112233","ph\\u006fne":"79031112299"}',
    '{"":1,"":2}',
    '{"\\\\":1,"\\u005c":2}',
    '{"a":"}","b":["{\\"a\\":1}"],"a":1}',
  ])('is found in %s', (json) => {
    JSON.parse(json);
    expect(hasDuplicateKey(json)).toBe(true);
  });

  it.each([
    '{}',
    '"a"',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a:","c":"\\"a\\":"}',
    '{"a":1,"A":2,"a ":3}',
    '{"a\\\\":"\\\\","b":"\\\\\\""}',
  ])('is not found in %s', (json) => {
    JSON.parse(json);
    expect(hasDuplicateKey(json)).toBe(false);
  });
});
