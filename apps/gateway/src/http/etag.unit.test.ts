import { describe, expect, it } from '@jest/globals';
import { matchesEtag } from './etag.js';

describe('matchesEtag', () => {
  it.each(['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', '*', ' * '])('finds the tag in %j', (header) =>
    expect(matchesEtag(header, '"a"')).toBe(true),
  );
  it.each([undefined, '', 'a', '"b"', '"ab"', '"a', '"b", "c"'])('does not find it in %j', (header) =>
    expect(matchesEtag(header, '"a"')).toBe(false),
  );
});
