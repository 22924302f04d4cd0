import { describe, expect, it } from '@jest/globals';
import {
  DEFAULT_PROMO_FIELDS,
  LOYALTY_ERRORS,
  loyaltyEncoders,
  type LoyaltyOperation,
} from '@vestibule/koshelek-contract';
import type { CardProgram } from './card-program/card-program.js';
import { refused } from './card-program/outcome.js';
import { OPERATIONS } from './operations.js';

/** A programme that offers no operation. */
const NOTHING = new Proxy({} as CardProgram, { get: () => () => Promise.resolve(refused('methodNotOffered')) });

/** A call that every reader accepts. */
const CALL = {
  query: { msisdn: '79160000001', startDate: '2026-01-01' },
  cardNumber: '0001',
  body: {
    allow: ['sms'],
    phone: '79160000001',
    cardNumber: '0001',
    code: 'SPRING',
    qrCode: 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1',
  },
  rawBody: '{}',
};

describe('OPERATIONS', () => {
  it.each(Object.keys(OPERATIONS) as LoyaltyOperation[])(
    'answers that the programme does not offer %s',
    async (operation) => {
      const promoFields = { ...DEFAULT_PROMO_FIELDS, receipt: ['qrCode'] };
      const context = { program: NOTHING, encode: loyaltyEncoders(), promoFields, receiptMaxSum: 100_000_000 };
      const { status, body } = await OPERATIONS[operation](context, CALL);
      expect(status).toBe(422);
      expect(typeof body === 'string' && JSON.parse(body)).toMatchObject({
        code: LOYALTY_ERRORS.methodNotOffered.code,
      });
    },
  );
});
