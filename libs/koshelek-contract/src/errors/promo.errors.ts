import type { LoyaltyErrorRow } from './row.js';

/** 50xx: cash receipts; 51xx: promo codes. */
export const PROMO_ERRORS = {
  receiptFieldMissing: {
    code: '5001',
    description: 'В QR-коде чека нет параметра {field}',
    params: ['field'],
    when: 'The text of the QR code is that of a cash receipt, but is cut short.',
  },
  receiptFieldInvalid: {
    code: '5002',
    description: 'Параметр {field} в QR-коде чека неверен',
    params: ['field'],
    when: 'A part of the QR code is not of its form: time, sum, fiscal drive, document or fiscal sign.',
  },
  receiptRepeated: {
    code: '5003',
    description: 'Этот чек уже учтён',
    params: [],
    when: 'A receipt with the same fiscal drive, document and fiscal sign was counted before.',
  },
  receiptNotSale: {
    code: '5004',
    description: 'Чек не является чеком продажи (признак расчёта n не равен 1)',
    params: [],
    when: 'The receipt is of a return, or of a purchase by the shop: it earns nothing.',
  },
  notReceipt: {
    code: '5005',
    description: 'Этот QR-код не от российского кассового чека',
    params: [],
    when: "The text is that of another code: a bank's, a payment order's, a barcode, a link, a receipt of another country.",
  },
  receiptSumTooLarge: {
    code: '5006',
    description: 'Сумма чека больше {limit} рублей',
    params: ['limit'],
    when: 'The sum is larger than a receipt of this programme can be (`KOSHELEK_RECEIPT_MAX_SUM`): the text of a receipt can say anything.',
  },
  promoCodeUnknown: {
    code: '5101',
    description: 'Промокод не найден',
    params: [],
    when: 'No promotion has this code.',
  },
  promoCodeNotStarted: {
    code: '5102',
    description: 'Срок действия промокода ещё не начался',
    params: [],
    when: 'The code exists, its period has not begun.',
  },
  promoCodeExpired: {
    code: '5103',
    description: 'Срок действия промокода истёк',
    params: [],
    when: 'The code exists, its period is over.',
  },
  promoCodeUsedUp: {
    code: '5104',
    description: 'Промокод больше нельзя использовать: все применения исчерпаны',
    params: [],
    when: 'A one-time code was used, or a code with a limit reached it.',
  },
  promoCodeMemberLimit: {
    code: '5105',
    description: 'Промокод уже использован владельцем карты',
    params: [],
    when: 'The holder has used the code as often as one holder may.',
  },
} as const satisfies Record<string, LoyaltyErrorRow>;
