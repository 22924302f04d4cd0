import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PROMO_FIELDS, LOYALTY_ERRORS, readPromoCodeEntry, readReceiptEntry } from '../index.js';

const QR = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
const readReceipt = (body: unknown) => readReceiptEntry({ body, rawBody: JSON.stringify(body) }, DEFAULT_PROMO_FIELDS);
const readCode = (body: unknown) => readPromoCodeEntry({ body, rawBody: JSON.stringify(body) }, DEFAULT_PROMO_FIELDS);

describe('readReceiptEntry', () => {
  it.each([
    ['a card', { qrCode: QR, cardNumber: '0007' }, { cardNumber: '0007' }],
    ['a phone', { qr: QR, phone: '8 916 123-45-67' }, { phone: '79161234567' }],
    ['a phone as a JSON integer', { QRCODE: QR, msisdn: 79161234567 }, { phone: '79161234567' }],
    ['a card before a phone', { code: QR, msisdn: '79161234567', card: '0007' }, { cardNumber: '0007' }],
  ])('reads the receipt for the holder of %s, and keeps the body', (_what, body, holder) => {
    expect(readReceipt(body)).toMatchObject({ ok: true, value: { holder, receipt: { sum: 149_800 }, raw: body } });
  });

  it('finds the fields under the names a programme has set', () => {
    const fields = { ...DEFAULT_PROMO_FIELDS, receipt: ['scan'], phone: ['user'] };
    const entry = readReceiptEntry({ body: { scan: QR, user: '79161234567' }, rawBody: '' }, fields);
    expect(entry).toMatchObject({ ok: true, value: { holder: { phone: '79161234567' } } });
  });

  it('takes a receipt that a scanner has put between line ends and quotes', () => {
    expect(readReceipt({ qrCode: `"${QR}\r\n"`, cardNumber: '0007' })).toMatchObject({ ok: true });
  });

  it.each([
    ['no receipt', { cardNumber: '0007' }, 'fieldMissing', 'qrCode'],
    ['no card and no phone', { qrCode: QR }, 'fieldMissing', 'cardNumber или msisdn'],
    ['an invalid phone', { qrCode: QR, msisdn: 'abc' }, 'badMsisdn', 'msisdn'],
    ['a list for a receipt', { qrCode: [QR], cardNumber: '0007' }, 'fieldWrongType', 'qrCode'],
    ['two different cards', { qrCode: QR, cardNumber: '1', card: '2' }, 'fieldRepeated', 'cardNumber'],
    ['a number of 51 characters', { qrCode: QR, cardNumber: '1'.repeat(51) }, 'fieldTooLong', 'cardNumber'],
    ['a control character', { qrCode: QR, cardNumber: '1\u00002' }, 'fieldForbiddenCharacter', 'cardNumber'],
    ['a cut receipt', { qrCode: QR.slice(0, 52), cardNumber: '1' }, 'receiptFieldMissing', 'fp'],
  ] as const)('refuses %s, naming the field', (_what, body, key, field) => {
    const entry = readReceipt(body);
    expect(entry).toMatchObject({ ok: false, error: { code: LOYALTY_ERRORS[key].code } });
    expect(entry.ok ? '' : entry.error.description).toContain(field);
  });
});

describe('readPromoCodeEntry', () => {
  it('takes a code without the spaces around it', () => {
    const body = { code: ' SPRING ', cardNumber: '0007' };
    const rawBody = JSON.stringify(body);
    expect(readCode(body)).toEqual({
      ok: true,
      value: { code: 'SPRING', holder: { cardNumber: '0007' }, raw: body, rawBody },
    });
  });

  it('reads a code with decomposed letters or invisible characters as the same code', () => {
    for (const code of ['\u0418\u0306ОЛКА', 'ЙОЛ\u200bКА']) {
      expect(readCode({ code, cardNumber: '0007' })).toMatchObject({ ok: true, value: { code: 'ЙОЛКА' } });
    }
  });

  it.each([
    ['no code', { cardNumber: '0007' }, 'fieldMissing'],
    ['an empty code', { code: ' ', cardNumber: '0007' }, 'fieldMissing'],
    ['a code longer than a person types', { code: 'x'.repeat(101), cardNumber: '0007' }, 'fieldTooLong'],
  ] as const)('refuses %s', (_what, body, key) => {
    expect(readCode(body)).toMatchObject({ ok: false, error: { code: LOYALTY_ERRORS[key].code } });
  });
});
