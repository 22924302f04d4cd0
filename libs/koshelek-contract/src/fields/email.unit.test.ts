import { describe, expect, it } from '@jest/globals';
import { normaliseEmail } from '../index.js';

describe('normaliseEmail', () => {
  it.each([
    [' Anna@Example.COM ', 'anna@example.com'],
    ["o'neil+tag@mail.example.co", "o'neil+tag@mail.example.co"],
    ['Почта@Пример.РФ', 'почта@xn--e1afmkfd.xn--p1ai'],
    ['info@почта.рф', 'info@xn--80a1acny.xn--p1ai'],
    ['info@xn--80a1acny.xn--p1ai', 'info@xn--80a1acny.xn--p1ai'],
    ['INFO@XN--80A1ACNY.xn--p1ai', 'info@xn--80a1acny.xn--p1ai'],
    ['info@почта\u3002рф', 'info@xn--80a1acny.xn--p1ai'],
    ['olga@example.com\u200b', 'olga@example.com'],
    ['\u2068ol\u00adga@example.com\u2069', 'olga@example.com'],
    ['a.b+tag@123.45', 'a.b+tag@123.45'],
    [`a@${'d'.repeat(249)}.ru`, `a@${'d'.repeat(249)}.ru`],
  ])('reads %j', (text, expected) => {
    expect(normaliseEmail(text)).toBe(expected);
  });

  it.each([
    '',
    'anna',
    'anna@',
    '@example.com',
    'anna@localhost',
    'anna@.com',
    'anna@example..com',
    'anna@example.com.',
    'an na@example.com',
    'a@b@example.com',
    'anna\u0000@example.com',
    '<anna-2@example.com>',
    'mailto:anna-3@example.com',
    'anna-4@example.com,',
    'anna-5@-example.com',
    'anna-5@example-.com',
    'anna@xn--80a1acn\u0301y.xn--p1ai',
    'anna@xn--.рф',
    'anna@при мер.рф',
    '"anna"@example.com',
    'anna@example.com; boris@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'d'.repeat(250)}.ru`,
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });
});
