import { describe, expect, it } from '@jest/globals';
import { maskEmails } from './mask-emails.js';

describe('masking e-mail addresses', () => {
  it.each([
    ['ivan.petrov@mail.example.ru', '***'],
    ['почта@кремль.рф', '***'],
    ['a@b.ru, c+d@e-f.com.', '***, ***.'],
    ['<a@b.ru>', '<***>'],
    ['x@y.ru_z@w.ru', '******'],
    ['𝐚𝐛@c.ru', '***'],
    ['a@b@c.ru', 'a@***'],
    ['a@b', 'a@b'],
    ['@b.ru', '@b.ru'],
    ['a@', 'a@'],
    ['a@.ru', 'a@.ru'],
    ['a@b.', 'a@b.'],
    ['a@b..ru', 'a@b..ru'],
    ['@@@', '@@@'],
    ['', ''],
  ])('makes of %j %j', (text, masked) => {
    expect(maskEmails(text)).toBe(masked);
  });

  const SIZE = 32 * 1024;
  it.each([
    ['a long word', 'я'.repeat(SIZE)],
    ['a long word before an @', `${'я'.repeat(SIZE)}@`],
    ['a long word behind an @', `a@${'я'.repeat(SIZE)}`],
    ['nothing but @', '@'.repeat(SIZE)],
    ['an @ behind every letter', 'a@'.repeat(SIZE / 2)],
    ['a domain of many labels', `a@${'b.'.repeat(SIZE / 2)}`],
    ['many words with half an address each', `${'a'.repeat(30)}@b `.repeat(SIZE / 33)],
    ['many addresses', 'a@b.ru '.repeat(SIZE / 7)],
    ['addresses without a gap', 'a@b.ru_'.repeat(SIZE / 7)],
  ])('looks at each character of %s three times at most', (_, text) => {
    let looks = 0;
    maskEmails(text, (part, char) => {
      looks += 1;
      return part.test(char);
    });
    expect(looks).toBeLessThanOrEqual(3 * text.length);
  });
});
