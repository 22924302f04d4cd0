import { describe, expect, it } from '@jest/globals';
import { matchesEtag, strongEtag } from './etag.js';

describe('matchesEtag', () => {
  it.each(['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', '*', ' * '])('finds the tag in %j', (header) =>
    expect(matchesEtag(header, '"a"')).toBe(true),
  );
  it.each([undefined, '', 'a', '"b"', '"ab"', '"a', '"b", "c"'])('does not find it in %j', (header) =>
    expect(matchesEtag(header, '"a"')).toBe(false),
  );
});

describe('strongEtag', () => {
  it('is the same for the same bytes, and another for others', () => {
    expect(strongEtag('а')).toBe(strongEtag(Buffer.from('а')));
    expect(strongEtag('a')).not.toBe(strongEtag('b'));
    expect(strongEtag('a')).toMatch(/^"[\w-]{43}"$/);
  });
});
