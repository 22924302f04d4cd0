import { array, compileStringJson, leaf, object, optional, type NullStyle } from '@vestibule/string-json';
import type { LoyaltyError } from '../errors/loyalty-error.js';
import type { Card, CardWithBonus } from './card.js';
import type { Offer } from './offer.js';
import type { PhoneWithParams } from './phone.js';
import type { Purchase } from './purchase.js';

/**
 * How method 6 answers (koshelek-loyalty.md, "Issuing cards"): the bare number as a JSON string, `{"cardNumber":…}`,
 * or the card object of method 1.
 */
export const RESERVED_NUMBER_FORMS = ['number', 'object', 'card'] as const;

export type ReservedNumberForm = (typeof RESERVED_NUMBER_FORMS)[number];

/** What the contract leaves open about answers. */
export interface AnswerOptions {
  /** How an absent value is written; `omit` by default. */
  readonly nulls?: NullStyle;
  /** `number` by default. */
  readonly reservedNumber?: ReservedNumberForm;
}

/** Writes the body of every method that has one, fields in the contract's order, every elementary value a string. */
export interface LoyaltyEncoders {
  /** Methods 1 and 8. */
  readonly card: (card: Card) => string;
  /** Method 3. */
  readonly cardWithBonus: (card: CardWithBonus) => string;
  /** Method 5. */
  readonly purchases: (purchases: readonly Purchase[]) => string;
  /** Method 6. */
  readonly reservedNumber: (card: Card) => string;
  /** Method 9. */
  readonly offers: (offers: readonly Offer[]) => string;
  /** Method 12. */
  readonly phones: (phones: readonly string[]) => string;
  /** Method 13. */
  readonly phonesWithParams: (phones: readonly PhoneWithParams[]) => string;
}

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

const PURCHASE = object({
  date: leaf(),
  item: optional(leaf()),
  amount: leaf(),
  quantity: optional(leaf()),
  location: optional(leaf()),
  bonuses: optional(leaf()),
});

const OFFER = object({
  id: leaf(),
  title: leaf(),
  description: optional(leaf()),
  imageUrl: optional(leaf()),
  url: optional(leaf()),
  startDate: optional(leaf()),
  endDate: optional(leaf()),
});

const PHONE = object({ phone: leaf(), params: optional(array(object({ name: leaf(), value: leaf() }))) });

const writeCard = compileStringJson<{ card: Card }>(object({ card: object(CARD_FIELDS) }));

/** The body of methods 1 and 8 (koshelek-loyalty.md, "Search"). */
export function encodeCard(card: Card): string {
  return writeCard({ card });
}

/** The body of an error (koshelek-loyalty.md, "Every method"). */
export const encodeError: (error: LoyaltyError) => string = compileStringJson(
  object({ code: leaf(), description: leaf() }),
);

/** Makes the encoders of one programme; once, when it starts. */
export function loyaltyEncoders({ nulls = 'omit', reservedNumber = 'number' }: AnswerOptions = {}): LoyaltyEncoders {
  const options = { nulls };
  const writeCardWithBonus = compileStringJson<{ card: CardWithBonus }>(
    object({ card: object({ ...CARD_FIELDS, bonus: BONUS }) }),
    options,
  );
  const writePhones = compileStringJson<readonly { phone: string; params: PhoneWithParams['params'] | undefined }[]>(
    array(PHONE),
    options,
  );
  return {
    card: encodeCard,
    cardWithBonus: (card) => writeCardWithBonus({ card }),
    purchases: compileStringJson(array(PURCHASE), options),
    reservedNumber: RESERVED_NUMBER_WRITERS[reservedNumber],
    offers: compileStringJson(array(OFFER), options),
    phones: compileStringJson(array(leaf()), options),
    phonesWithParams: (phones) =>
      writePhones(phones.map(({ phone, params }) => ({ phone, params: params.length === 0 ? undefined : params }))),
  };
}

const writeText = compileStringJson<string>(leaf());
const writeNumberObject = compileStringJson<Card>(object({ cardNumber: leaf() }));

const RESERVED_NUMBER_WRITERS: Readonly<Record<ReservedNumberForm, (card: Card) => string>> = {
  number: ({ cardNumber }) => writeText(cardNumber),
  object: writeNumberObject,
  card: encodeCard,
};
