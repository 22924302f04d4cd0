import { describe, expect, it } from '@jest/globals';
import { cleanText, isCleanText } from './clean-text.js';

describe('cleanText', () => {
  it('replaces NUL and half surrogate pairs', () => {
    expect(cleanText('a\0b\ud800c\udc00')).toBe('a\uFFFDb\uFFFDc\uFFFD');
  });

  it('leaves every other text alone, whole pairs and control characters too', () => {
    const text = 'Отказ 😀 \u0001\n\u2028';
    expect(cleanText(text)).toBe(text);
  });

  it('is what isCleanText asks about', () => {
    expect(['ok 😀', 'nul \0', 'half \ud83d'].map(isCleanText)).toEqual([true, false, false]);
  });
});
