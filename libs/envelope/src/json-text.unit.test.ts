import { describe, expect, it } from '@jest/globals';
import { JsonText, stringifyJson, writeJson, type JsonValue } from './index.js';

describe('JsonText', () => {
  const written = '{"b":9007199254740993,"a":1e400, "c":[ 1.0 ]}';

  it('is written byte for byte at any position', () => {
    expect(writeJson({ order: new JsonText(written), list: [new JsonText('1.00')] })).toBe(
      `{"order":${written},"list":[1.00]}`,
    );
    expect(stringifyJson(new JsonText(written) as unknown as JsonValue)).toBe(written);
  });

  it('gives JSON.stringify the value it holds, numbers rounded', () => {
    expect(JSON.stringify({ id: new JsonText('9007199254740993') })).toBe('{"id":9007199254740992}');
  });
});
