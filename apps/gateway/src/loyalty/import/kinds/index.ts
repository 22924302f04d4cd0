import type { ImportKind } from '../pipeline/import-kind.js';
import { bonuses } from './bonuses.js';
import { clients } from './clients.js';
import { numbers } from './numbers.js';
import { offerCards } from './offer-cards.js';
import { offers } from './offers.js';
import { promoCodes } from './promo-codes.js';
import { purchases } from './purchases.js';
import { receiptRules } from './receipt-rules.js';
import { specialPhones } from './special-phones.js';

/** Everything that can be imported, by the name it has in the command and in the call. */
export const IMPORT_KINDS: ReadonlyMap<string, ImportKind> = new Map<string, ImportKind>([
  ['clients', clients],
  ['purchases', purchases],
  ['bonuses', bonuses],
  ['numbers', numbers],
  ['offers', offers],
  ['offer-cards', offerCards],
  ['promo-codes', promoCodes],
  ['receipt-rules', receiptRules],
  ['special-phones', specialPhones],
]);

/** The names, for messages. */
export const IMPORT_KIND_NAMES = [...IMPORT_KINDS.keys()];
