import { array, compileStringJson, leaf, object, optional } from '@vestibule/string-json';
import type { LoyaltyError } from '../errors/loyalty-error.js';
import type { Card, CardWithBonus } from './card.js';

const CARD_FIELDS = {
  cardNumber: leaf(),
  cardState: leaf(),
  barcode: object({ barcodeNumber: leaf(), barcodeType: leaf() }),
};

const BONUS = object({
  total: leaf(),
  available: leaf(),
  bonuses: array(object({ description: leaf(), amount: leaf(), validUntil: optional(leaf()) })),
});

const writeCard = compileStringJson<{ card: Card }>(object({ card: object(CARD_FIELDS) }));

const writeCardWithBonus = compileStringJson<{ card: CardWithBonus }>(
  object({ card: object({ ...CARD_FIELDS, bonus: BONUS }) }),
);

/** The body of methods 1 and 8 (contract, "1. Search"), fields in the contract's order, every value a string. */
export function encodeCard(card: Card): string {
  return writeCard({ card });
}

/** The body of method 3 (contract, "3. Card and balance"). */
export function encodeCardWithBonus(card: CardWithBonus): string {
  return writeCardWithBonus({ card });
}

/** The body of an error (contract, "Rules for every method"). */
export const encodeError: (error: LoyaltyError) => string = compileStringJson(
  object({ code: leaf(), description: leaf() }),
);
