import {
  BARCODE_TYPES,
  CARD_STATES,
  type BonusLot,
  type Card,
  type CardBonus,
  type CardWithBonus,
  type Offer,
  type PhoneWithParams,
  type Purchase,
} from '@vestibule/koshelek-contract';
import type { CardProgram } from '../card-program.js';
import {
  cardNumber,
  day,
  decimal,
  drawable,
  inside,
  list,
  object,
  oneOf,
  orNull,
  phone,
  text,
  webAddress,
  whole,
  type Check,
} from './checks.js';

export type Operation = keyof CardProgram;
type OutcomeOf<O extends Operation> = Awaited<ReturnType<CardProgram[O]>>;
export type ValueOf<O extends Operation> = Extract<OutcomeOf<O>, { kind: 'done' }>['value'];
export type RefusalOf<O extends Operation> = Extract<OutcomeOf<O>, { kind: 'refused' }>['why'];

/** What the own system may be asked and may answer: one endpoint, `POST {base}/{operation}`. */
export interface Endpoint<O extends Operation> {
  /** A read changes nothing, so it may be repeated once. */
  readonly kind: 'read' | 'write';
  /** The body of a 200; without it success is 204. */
  readonly value?: Check<ValueOf<O>>;
  /** The reasons that a 422 may name; `methodNotOffered` may always be among them. */
  readonly refusals: Readonly<Record<RefusalOf<O>, true>>;
}

const CARD_FIELDS = {
  cardNumber,
  cardState: oneOf(CARD_STATES),
  barcode: drawable(object({ barcodeNumber: cardNumber, barcodeType: oneOf(BARCODE_TYPES) })),
};
const card = object<Card>(CARD_FIELDS);
const lot = object<BonusLot>({ description: text, amount: decimal, validUntil: orNull(day) });
const bonus = object<CardBonus>({ total: decimal, available: decimal, bonuses: list(lot) });
const purchase = object<Purchase>({
  date: day,
  item: orNull(text),
  amount: whole,
  quantity: orNull(decimal),
  location: orNull(text),
  bonuses: orNull(decimal),
});
const offer = object<Offer>({
  id: text,
  title: text,
  description: orNull(text),
  imageUrl: orNull(webAddress),
  url: orNull(webAddress),
  startDate: orNull(day),
  endDate: orNull(day),
});
const phoneWithParams = object<PhoneWithParams>({
  phone,
  params: list(object<PhoneWithParams['params'][number]>({ name: text, value: text })),
});

/** "Nothing found" is null; for the port it is undefined. */
const cardOrNothing: Check<Card | undefined> = (value, at) => orNull(card)(value, at) ?? undefined;

const methodNotOffered = true;
const cardProblems = { cardNotFound: true, cardBlocked: true, methodNotOffered } as const;
const ownerProblems = { phoneOfAnotherCard: true, emailOfAnotherCard: true } as const;

/** The whole protocol as data; docs/card-program.openapi.json describes the same, and a test compares them. */
export const ENDPOINTS: { readonly [O in Operation]: Endpoint<O> } = {
  findCard: {
    kind: 'read',
    value: inside('card', cardOrNothing),
    refusals: { cardBlocked: true, severalCardsMatch: true, methodNotOffered },
  },
  setChannels: { kind: 'write', refusals: { cardNotFound: true, methodNotOffered } },
  getCard: {
    kind: 'read',
    value: inside('card', object<CardWithBonus>({ ...CARD_FIELDS, bonus })),
    refusals: cardProblems,
  },
  updateProfile: { kind: 'write', refusals: { ...cardProblems, ...ownerProblems } },
  listPurchases: { kind: 'read', value: inside('purchases', list(purchase)), refusals: cardProblems },
  reserveCardNumber: {
    kind: 'write',
    value: inside('card', card),
    refusals: { noCardNumbersLeft: true, methodNotOffered },
  },
  issueReservedCard: {
    kind: 'write',
    refusals: {
      cardNotReserved: true,
      reservationExpired: true,
      cardNumberTaken: true,
      cardBlocked: true,
      methodNotOffered,
      ...ownerProblems,
    },
  },
  issueCard: {
    kind: 'write',
    value: inside('card', card),
    refusals: { noCardNumbersLeft: true, cardBlocked: true, emailOfAnotherCard: true, methodNotOffered },
  },
  listOffers: { kind: 'read', value: inside('offers', list(offer)), refusals: cardProblems },
  submitReceipt: { kind: 'write', refusals: { ...cardProblems, receiptNotSale: true, receiptRepeated: true } },
  submitPromoCode: {
    kind: 'write',
    refusals: {
      ...cardProblems,
      promoCodeUnknown: true,
      promoCodeNotStarted: true,
      promoCodeExpired: true,
      promoCodeUsedUp: true,
      promoCodeMemberLimit: true,
    },
  },
  listPhones: { kind: 'read', value: inside('phones', list(phone)), refusals: { methodNotOffered } },
  listPhonesExtended: { kind: 'read', value: inside('phones', list(phoneWithParams)), refusals: { methodNotOffered } },
};
