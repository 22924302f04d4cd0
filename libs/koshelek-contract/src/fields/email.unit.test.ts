import { describe, expect, it } from '@jest/globals';
import { normaliseEmail } from '../index.js';

describe('normaliseEmail', () => {
  it.each([
    [' Anna@Example.COM ', 'anna@example.com'],
    ["o'neil+tag@mail.example.co", "o'neil+tag@mail.example.co"],
    ['Почта@Пример.РФ', 'почта@пример.рф'],
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
    `${'a'.repeat(65)}@example.com`,
    `a@${'d'.repeat(250)}.ru`,
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });
});
