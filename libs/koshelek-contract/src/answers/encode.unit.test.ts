import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  BARCODE_TYPES,
  CARD_STATES,
  CONTENT_TYPE,
  encodeCard,
  encodeCardWithBonus,
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

  it('write a card whatever the order of its fields, and nothing the contract does not name', () => {
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
    expect(encodeCardWithBonus({ ...CARD, bonus: { total: 12345678901234567890n, available: 1e21, bonuses } })).toBe(
      `{"card":{${CARD_TEXT},"bonus":{"total":"12345678901234567890","available":"1000000000000000000000","bonuses":[` +
        '{"description":"За покупку","amount":"100","validUntil":"2026-12-31"},' +
        '{"description":"Навсегда","amount":"0.50"}]}}}',
    );
  });

  it('write a balance without lots as an empty list', () => {
    const text = encodeCardWithBonus({ ...CARD, bonus: { total: 0, available: 0, bonuses: [] } });
    expect(text).toBe(`{"card":{${CARD_TEXT},"bonus":{"total":"0","available":"0","bonuses":[]}}}`);
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
