import { CALL_ERRORS } from './call.errors.js';
import { CARD_ERRORS } from './card.errors.js';
import { FIELD_ERRORS } from './field.errors.js';
import { PROMO_ERRORS } from './promo.errors.js';
import { SERVER_ERRORS } from './server.errors.js';

/**
 * The HTTP status of every error. Only for `wrongCredentials` a setting may replace it by 401 (koshelek-loyalty.md,
 * "Every method").
 */
export const LOYALTY_ERROR_STATUS = 422;

/** The groups of codes, in order: the first two digits, and what they have in common. */
export const LOYALTY_ERROR_GROUPS = [
  { prefix: '10', title: 'Credentials' },
  { prefix: '11', title: 'The form of the request' },
  { prefix: '20', title: 'Any field or parameter' },
  { prefix: '21', title: 'Phones, e-mails, dates, card numbers' },
  { prefix: '30', title: 'Finding a card' },
  { prefix: '40', title: 'Issuing a card, changing its holder' },
  { prefix: '50', title: 'Cash receipts' },
  { prefix: '51', title: 'Promo codes' },
  { prefix: '70', title: "The company's own system" },
  { prefix: '90', title: 'The gateway' },
  { prefix: '99', title: 'Faults' },
] as const;

/** Every error the loyalty API can answer, by key. `docs/errors.md` is generated from it. */
export const LOYALTY_ERRORS = {
  ...CALL_ERRORS,
  ...FIELD_ERRORS,
  ...CARD_ERRORS,
  ...PROMO_ERRORS,
  ...SERVER_ERRORS,
} as const;

export type LoyaltyErrorKey = keyof typeof LOYALTY_ERRORS;
