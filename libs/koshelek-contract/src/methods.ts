import type { KoshelekApiVersion } from './versions.js';

/** How sure the contract is of a row: `D` the vendor's page says so, `P` seen in a partner's program, `U` unknown. */
export type Certainty = 'D' | 'P' | 'U';

/** What a method takes: the name of its reader, or nothing. */
export type LoyaltyRequest = 'search-query' | 'channels' | 'profile' | 'period' | 'receipt' | 'promo-code' | 'nothing';

/** What a method answers on success. `empty` is 200 without a body. */
export type LoyaltyAnswer =
  | 'card-or-empty'
  | 'card'
  | 'card-with-bonus'
  | 'empty'
  | 'purchases'
  | 'card-number'
  | 'offers'
  | 'phones'
  | 'phones-with-params';

export interface LoyaltyMethod {
  /** The number in the contract's table. */
  readonly number: number;
  readonly operation: string;
  /** The first verb is the contract's; the others are accepted as well because partners have registered them. */
  readonly verbs: readonly string[];
  /** Below `/v1`. `{cardNumber}` is the only variable; a fixed segment at the same position wins. */
  readonly path: string;
  readonly since: KoshelekApiVersion;
  readonly certainty: Certainty;
  readonly request: LoyaltyRequest;
  readonly answer: LoyaltyAnswer;
  /** A programme may leave an optional method out. */
  readonly optional?: true;
  readonly purpose: string;
}

/**
 * The thirteen methods of the Loyalty Online API (koshelek-loyalty.md, "Methods"). All code that depends on the methods
 * reads this table. The path of method 9 is unknown: `loyaltyMethods` replaces it. The answers of methods 10 and 11 are
 * unknown too: like the other writes they have nothing to return.
 */
// prettier-ignore
export const LOYALTY_METHODS = [
  { number: 1,  operation: 'findCard',           verbs: ['GET'],         path: '/card',                            since: '1.0.0', certainty: 'D', request: 'search-query', answer: 'card-or-empty',      purpose: 'Find the card of a person by phone, e-mail or birth date' },
  { number: 2,  operation: 'setChannels',        verbs: ['PUT', 'POST'], path: '/card/{cardNumber}/communication', since: '1.0.0', certainty: 'D', request: 'channels',     answer: 'empty',              purpose: 'Store the channels the holder allows and denies' },
  { number: 3,  operation: 'getCard',            verbs: ['GET'],         path: '/card/{cardNumber}',               since: '1.0.0', certainty: 'P', request: 'nothing',      answer: 'card-with-bonus',    purpose: 'Show the card and its bonus balance' },
  { number: 4,  operation: 'updateProfile',      verbs: ['PUT', 'POST'], path: '/card/{cardNumber}',               since: '1.0.0', certainty: 'P', request: 'profile',      answer: 'empty',              purpose: "Update the holder's profile" },
  { number: 5,  operation: 'listPurchases',      verbs: ['GET'],         path: '/card/{cardNumber}/purchases',     since: '1.0.0', certainty: 'P', request: 'period',       answer: 'purchases',          purpose: 'List the purchases of a period' },
  { number: 6,  operation: 'reserveCardNumber',  verbs: ['GET'],         path: '/card/anonymous',                  since: '1.0.0', certainty: 'P', request: 'nothing',      answer: 'card-number',        purpose: 'Reserve a card number for about an hour' },
  { number: 7,  operation: 'issueReservedCard',  verbs: ['POST'],        path: '/card/anonymous/{cardNumber}',     since: '1.0.0', certainty: 'P', request: 'profile',      answer: 'empty',              purpose: 'Issue the reserved (or pooled) card to a holder' },
  { number: 8,  operation: 'issueCard',          verbs: ['POST'],        path: '/card/anonymous',                  since: '1.2.0', certainty: 'D', request: 'profile',      answer: 'card',               purpose: 'Issue a card whose number the programme assigns' },
  { number: 9,  operation: 'listOffers',         verbs: ['GET'],         path: '/card/{cardNumber}/promo',         since: '1.0.0', certainty: 'U', request: 'nothing',      answer: 'offers',             purpose: 'List the promotional offers for the holder' },
  { number: 10, operation: 'submitReceipt',      verbs: ['POST'],        path: '/promo/qrCode',                    since: '1.1.0', certainty: 'D', request: 'receipt',      answer: 'empty',              purpose: 'Take the QR code of a cash receipt the holder scanned' },
  { number: 11, operation: 'submitPromoCode',    verbs: ['POST'],        path: '/promo/code',                      since: '1.3.0', certainty: 'D', request: 'promo-code',   answer: 'empty',              purpose: 'Take a promo code the holder typed' },
  { number: 12, operation: 'listPhones',         verbs: ['GET'],         path: '/card/getAllUsers',                since: '1.0.0', certainty: 'D', request: 'nothing',      answer: 'phones',             purpose: 'List the phones with special terms', optional: true },
  { number: 13, operation: 'listPhonesExtended', verbs: ['GET'],         path: '/card/getAllUsersExtended',        since: '1.0.0', certainty: 'D', request: 'nothing',      answer: 'phones-with-params', purpose: 'List the phones with special terms and their parameters', optional: true },
] as const satisfies readonly LoyaltyMethod[];

/** The operation names of the table, for exhaustive switches. */
export type LoyaltyOperation = (typeof LOYALTY_METHODS)[number]['operation'];

/** The path of method 9 unless a setting has another. */
export const DEFAULT_OFFERS_PATH = '/card/{cardNumber}/promo';

/**
 * The table with another path for method 9.
 *
 * @param offersPath below `/v1`; with `{cardNumber}`, or the card number is the query's `cardNumber`
 */
export function loyaltyMethods(offersPath: string): readonly (LoyaltyMethod & { operation: LoyaltyOperation })[] {
  return LOYALTY_METHODS.map((method) =>
    method.operation === 'listOffers' ? { ...method, path: offersPath } : method,
  );
}
