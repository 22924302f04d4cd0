import { expect, it } from '@jest/globals';
import { withPassword } from './with-password.js';

it.each([
  ['postgres://vestibule@postgres/vestibule', 'postgres://vestibule:a%2Fb%23c%40d%25@postgres/vestibule'],
  ['postgres://host:5432/db?user=x@y', 'postgres://:a%2Fb%23c%40d%25@host:5432/db?user=x@y'],
  ['redis://redis:6379/1', 'redis://:a%2Fb%23c%40d%25@redis:6379/1'],
  ['redis://one:6379,redis://two:6379', 'redis://:a%2Fb%23c%40d%25@one:6379,redis://two:6379'],
  ['redis-sentinel://app@one,two/main', 'redis-sentinel://app:a%2Fb%23c%40d%25@one,two/main'],
  ['redis://app:own@redis', 'redis://app:own@redis'],
])('puts a password into %s that has none, and leaves one that is there', (address, expected) => {
  expect(withPassword(address, 'a/b#c@d%')).toBe(expected);
  expect(withPassword(address, undefined)).toBe(address);
});
