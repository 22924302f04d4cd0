import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { LOYALTY_METHODS, loyaltyRouter, matchLoyaltyRoute } from './index.js';

/** `7` or `7 4276`: the method's number and the card number, or the kind of failure. */
function outcome(verb: string, path: string): string {
  const route = matchLoyaltyRoute(verb, path);
  if (route.kind === 'method') return [route.method.number, route.cardNumber].filter(Boolean).join(' ');
  return route.kind === 'wrong-verb' ? `wrong-verb ${route.allowed.join(',')}` : route.kind;
}

describe('matchLoyaltyRoute', () => {
  it.each([
    ['GET', '/card', '1'],
    ['PUT', '/card/0042/communication', '2 0042'],
    ['POST', '/card/0042/communication', '2 0042'],
    ['GET', '/card/0042', '3 0042'],
    ['PUT', '/card/0042', '4 0042'],
    ['POST', '/card/0042', '4 0042'],
    ['GET', '/card/0042/purchases', '5 0042'],
    ['GET', '/card/anonymous', '6'],
    ['POST', '/card/anonymous/0042', '7 0042'],
    ['POST', '/card/anonymous', '8'],
    ['GET', '/card/0042/promo', '9 0042'],
    ['POST', '/promo/qrCode', '10'],
    ['POST', '/promo/code', '11'],
    ['GET', '/card/getAllUsers', '12'],
    ['GET', '/card/getAllUsersExtended', '13'],
  ])('%s %s is method %s', (verb, path, expected) => {
    expect(outcome(verb, path)).toBe(expected);
  });

  it.each([
    ['PUT', '/card/anonymous', 'wrong-verb GET,POST'],
    ['PUT', '/card/getAllUsers', 'wrong-verb GET'],
    ['POST', '/card/anonymous/communication', '7 communication'],
    ['PUT', '/card/anonymous/communication', 'wrong-verb POST'],
    ['GET', '/card/getAllUsers/promo', 'unknown-path'],
    ['GET', '/card/%61nonymous', '6'],
  ])('a fixed path wins over a card number: %s %s', (verb, path, expected) => {
    expect(outcome(verb, path)).toBe(expected);
  });

  it.each([
    '',
    '/',
    '/cards',
    '/card//',
    '/card//communication',
    '/card/1//',
    '//',
    '/card/1/other',
    '/Card',
    '/promo',
    'card',
  ])('recognises an unknown path: %j', (path) => {
    expect(outcome('GET', path)).toBe('unknown-path');
  });

  it.each([
    ['GET', '/card/', '1'],
    ['GET', '/card/0042/', '3 0042'],
    ['PUT', '/card/0042/communication/', '2 0042'],
    ['GET', '/card/anonymous/', '6'],
    ['GET', '/card/getAllUsers/', '12'],
    ['POST', '/promo/qrCode/', '10'],
  ])('a slash at the end says nothing: %s %s', (verb, path, expected) => {
    expect(outcome(verb, path)).toBe(expected);
  });

  it('a known path with another verb names the verbs it takes', () => {
    expect(outcome('DELETE', '/card/42')).toBe('wrong-verb GET,PUT,POST');
    expect(outcome('POST', '/card')).toBe('wrong-verb GET');
  });

  it('keeps leading zeros and decodes a card number', () => {
    expect(outcome('GET', '/card/000%2F1%20%D1%8F')).toBe('3 000/1 я');
  });

  it.each(['%', '%zz', '%C3%28', '%ED%A0%80', 'a%00b', 'x'.repeat(51)])('refuses the card number %j', (raw) => {
    expect(outcome('GET', `/card/${raw}`)).toBe('bad-card-number');
    expect(outcome('PUT', `/card/${raw}/communication`)).toBe('bad-card-number');
  });

  it('takes a broken percent sequence outside a card number for an unknown path', () => {
    expect(outcome('GET', '/%')).toBe('unknown-path');
    expect(outcome('GET', '/card/1/%zz')).toBe('unknown-path');
  });

  it('never throws, for any path', () => {
    const piece = fc.oneof(fc.constantFrom('card', 'anonymous', 'promo', '%', '%F0', '/', '..'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, verb) => {
        outcome(verb, `/${pieces.join('/')}`);
      }),
    );
  });

  it('finds any card number it is given encoded', () => {
    const cardNumber = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((s) => s.length <= 50);
    fc.assert(
      fc.property(cardNumber, (number) => {
        expect(matchLoyaltyRoute('PUT', `/card/${encodeURIComponent(number)}/communication`)).toMatchObject({
          method: { number: 2 },
          cardNumber: number,
        });
      }),
    );
  });
});

describe('loyaltyRouter', () => {
  it('takes another path for the offers, the one path the contract does not know', () => {
    const methods = LOYALTY_METHODS.map((row) =>
      row.number === 9 ? { ...row, path: '/card/{cardNumber}/offers' } : row,
    );
    const match = loyaltyRouter(methods);
    expect(match('GET', '/card/1/offers')).toMatchObject({ method: { operation: 'listOffers' }, cardNumber: '1' });
    expect(match('GET', '/card/1/promo')).toEqual({ kind: 'unknown-path' });
  });

  it('refuses a table in which two methods claim the same call', () => {
    expect(() => loyaltyRouter([LOYALTY_METHODS[0], LOYALTY_METHODS[0]])).toThrow('two methods claim GET /card');
  });
});
