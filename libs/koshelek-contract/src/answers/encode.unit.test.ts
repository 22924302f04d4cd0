import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  BARCODE_TYPES,
  CARD_STATES,
  CONTENT_TYPE,
  encodeCard,
  loyaltyEncoders,
  encodeError,
  loyaltyError,
  type Card,
} from '../index.js';

const CARD: Card = {
  cardNumber: '0000042',
  cardState: 'active',
  barcode: { barcodeNumber: '4006381333931', barcodeType: 'EAN_13' },
};
const CARD_TEXT =
  '"cardNumber":"0000042","cardState":"active","barcode":{"barcodeNumber":"4006381333931","barcodeType":"EAN_13"}';

describe('the answers', () => {
  it("come with the vendor's Content-Type, its last semicolon too", () => {
    expect(CONTENT_TYPE).toBe('application/json; charset=utf-8;');
  });

  it("write a card in the contract's order of fields, leading zeros kept", () => {
    expect(encodeCard(CARD)).toBe(`{"card":{${CARD_TEXT}}}`);
  });

  it('write a card with its fields in any order, and no field outside the contract', () => {
    const row = {
      id: 7,
      phone: '79161234567',
      barcode: CARD.barcode,
      cardState: CARD.cardState,
      cardNumber: '0000042',
    };
    expect(encodeCard(row)).toBe(`{"card":{${CARD_TEXT}}}`);
  });

  it('write every number of the balance as a string', () => {
    const bonuses = [
      { description: 'За покупку', amount: 100, validUntil: '2026-12-31' },
      { description: 'Навсегда', amount: '0.50' },
    ];
    expect(
      loyaltyEncoders().cardWithBonus({ ...CARD, bonus: { total: 12345678901234567890n, available: 1e21, bonuses } }),
    ).toBe(
      `{"card":{${CARD_TEXT},"bonus":{"total":"12345678901234567890","available":"1000000000000000000000","bonuses":[` +
        '{"description":"За покупку","amount":"100","validUntil":"2026-12-31"},' +
        '{"description":"Навсегда","amount":"0.50"}]}}}',
    );
  });

  it('write a balance without lots as an empty list', () => {
    const text = loyaltyEncoders().cardWithBonus({ ...CARD, bonus: { total: 0, available: 0, bonuses: [] } });
    expect(text).toBe(`{"card":{${CARD_TEXT},"bonus":{"total":"0","available":"0","bonuses":[]}}}`);
  });

  it('write purchases and offers as bare arrays, without unknown fields', () => {
    const { purchases, offers } = loyaltyEncoders();
    const line = { item: null, amount: 149_800, quantity: '1', location: null, bonuses: 14 };
    expect(purchases([{ date: '2026-03-17', ...line }])).toBe(
      '[{"date":"2026-03-17","amount":"149800","quantity":"1","bonuses":"14"}]',
    );
    expect(purchases([])).toBe('[]');
    const nothing = { description: null, imageUrl: null, url: null, startDate: null, endDate: null };
    expect(offers([{ id: '7', title: 'Скидка', ...nothing }])).toBe('[{"id":"7","title":"Скидка"}]');
  });

  it('write an unknown field as an empty string if that is configured', () => {
    const { cardWithBonus } = loyaltyEncoders({ nulls: 'empty' });
    const lot = { description: 'Навсегда', amount: 5, validUntil: null };
    expect(cardWithBonus({ ...CARD, bonus: { total: 5, available: 5, bonuses: [lot] } })).toContain('"validUntil":""');
  });

  it.each([
    ['number', '"0000042"'],
    ['object', '{"cardNumber":"0000042"}'],
    ['card', `{"card":{${CARD_TEXT}}}`],
  ] as const)('write a reserved number as a %s', (reservedNumber, text) => {
    expect(loyaltyEncoders({ reservedNumber }).reservedNumber(CARD)).toBe(text);
  });

  it('write the parameters of a phone only if it has any', () => {
    const { phones, phonesWithParams } = loyaltyEncoders();
    expect(phones(['79161234567'])).toBe('["79161234567"]');
    const params = [{ name: 'discount', value: '7' }];
    expect(
      phonesWithParams([
        { phone: '79161234567', params },
        { phone: '79161234568', params: [] },
      ]),
    ).toBe('[{"phone":"79161234567","params":[{"name":"discount","value":"7"}]},{"phone":"79161234568"}]');
  });

  it("write an error as the contract's two strings", () => {
    expect(encodeError(loyaltyError('databaseUnavailable'))).toBe(
      '{"code":"9001","description":"Недоступен сервер баз данных"}',
    );
  });

  it('parse back to the card they were given, for any card', () => {
    const card = fc.record({
      cardNumber: fc.string(),
      cardState: fc.constantFrom(...CARD_STATES),
      barcode: fc.record({ barcodeNumber: fc.string(), barcodeType: fc.constantFrom(...BARCODE_TYPES) }),
    });
    fc.assert(
      fc.property(card, (given) => {
        expect(JSON.parse(encodeCard(given))).toEqual({ card: given });
      }),
    );
  });
});
