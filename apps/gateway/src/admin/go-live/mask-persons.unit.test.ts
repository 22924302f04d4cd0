import { describe, expect, it } from '@jest/globals';
import { maskPersons } from './mask-persons.js';

describe('the words of a failed check', () => {
  it.each([
    [
      '200, {"firstName":"Анна","email":"anna@example.com","cardState":"active"}',
      '200, {"firstName":"***","email":"***","cardState":"active"}',
    ],
    [
      'no answer (first: method 1, GET /v1/card?msisdn=79161234567)',
      'no answer (first: method 1, GET /v1/card?msisdn=***)',
    ],
    ['"+7 (916) 123-45-67"', '"***"'],
    ['404 for /v1/card/1234567890/balance', '404 for /v1/card/***/balance'],
    ['422, {"code":"1101"}', '422, {"code":"1101"}'],
  ])('name no person: %s', (said, masked) => {
    expect(maskPersons(said)).toBe(masked);
  });

  it('are none where there are none', () => {
    expect(maskPersons(null)).toBeNull();
  });
});
