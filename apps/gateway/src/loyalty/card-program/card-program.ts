import type {
  Card,
  CardWithBonus,
  Channels,
  Offer,
  Period,
  PhoneWithParams,
  PlainLoyaltyErrorKey,
  Profile,
  PromoCodeEntry,
  Purchase,
  ReceiptEntry,
  SearchQuery,
} from '@vestibule/koshelek-contract';

/** A request the programme has understood and does not carry out; `why` is the key of the error to answer. */
export interface Refused<Why extends PlainLoyaltyErrorKey> {
  readonly kind: 'refused';
  readonly why: Why;
}

/**
 * The result of a call: done, or refused for one of the named reasons. Any call may also be one that the programme does
 * not offer.
 */
export type Outcome<Value, Why extends PlainLoyaltyErrorKey = never> =
  { readonly kind: 'done'; readonly value: Value } | Refused<Why | 'methodNotOffered'>;

/**
 * A list of whatever length: as a whole, or batch by batch, each read when the one before is on its way to the caller.
 */
export type Listing<T> = readonly T[] | AsyncIterable<readonly T[]>;

/** The card is unknown, or the programme has blocked it. */
type CardProblem = 'cardNotFound' | 'cardBlocked';

/** A phone or an e-mail has one owner. */
type OwnerProblem = 'phoneOfAnotherCard' | 'emailOfAnotherCard';

export type FindCardOutcome = Outcome<Card | undefined, 'cardBlocked' | 'severalCardsMatch'>;
export type SetChannelsOutcome = Outcome<undefined, 'cardNotFound'>;
export type GetCardOutcome = Outcome<CardWithBonus, CardProblem>;
export type UpdateProfileOutcome = Outcome<undefined, CardProblem | OwnerProblem>;
export type ListPurchasesOutcome = Outcome<Listing<Purchase>, CardProblem>;
export type ReserveCardNumberOutcome = Outcome<Card, 'noCardNumbersLeft'>;
export type IssueReservedCardOutcome = Outcome<
  undefined,
  'cardNotReserved' | 'reservationExpired' | 'cardNumberTaken' | 'cardBlocked' | OwnerProblem
>;
export type IssueCardOutcome = Outcome<Card, 'noCardNumbersLeft' | 'cardBlocked' | 'emailOfAnotherCard'>;
export type ListOffersOutcome = Outcome<readonly Offer[], CardProblem>;
export type SubmitReceiptOutcome = Outcome<undefined, CardProblem | 'receiptNotSale' | 'receiptRepeated'>;
export type SubmitPromoCodeOutcome = Outcome<
  undefined,
  | CardProblem
  | 'promoCodeUnknown'
  | 'promoCodeNotStarted'
  | 'promoCodeExpired'
  | 'promoCodeUsedUp'
  | 'promoCodeMemberLimit'
>;
export type ListPhonesOutcome = Outcome<Listing<string>>;
export type ListPhonesExtendedOutcome = Outcome<Listing<PhoneWithParams>>;

/** A profile to issue a card to: Кошелёк knows its users by phone, and "the same phone, the same card" needs one. */
export type HolderProfile = Profile & { readonly phone: string };

/**
 * The loyalty programme behind the public listener: where cards live. One operation per method of the contract, its
 * arguments checked and in normal form. Every write is safe to repeat, also at the same instant: the contract says
 * nothing of request ids, so it must be.
 *
 * Expected outcomes are values; a `CardProgramError`, or any exception, means the programme could not be asked.
 */
export interface CardProgram {
  /**
   * 1. The card that any of the parameters finds; `undefined` when none does.
   */
  findCard(query: SearchQuery): Promise<FindCardOutcome>;
  /**
   * 2. Stores what the holder allows and denies; a channel that is not named does not change. Blocked cards too: a
   *   consent can always be withdrawn.
   */
  setChannels(cardNumber: string, channels: Channels): Promise<SetChannelsOutcome>;
  /** 3. The card and its balance. */
  getCard(cardNumber: string): Promise<GetCardOutcome>;
  /**
   * 4. Changes the given fields; an absent field does not change.
   */
  updateProfile(cardNumber: string, profile: Profile): Promise<UpdateProfileOutcome>;
  /** 5. The lines of the receipts of these days, oldest first. */
  listPurchases(cardNumber: string, period: Period): Promise<ListPurchasesOutcome>;
  /**
   * 6. Reserves a free number for a while; no one else gets it until then.
   */
  reserveCardNumber(): Promise<ReserveCardNumberOutcome>;
  /** 7. Makes a reserved number, or one of an agreed pool, the holder's card. The same number and phone: done again. */
  issueReservedCard(cardNumber: string, profile: HolderProfile): Promise<IssueReservedCardOutcome>;
  /**
   * 8. Issues a card to the holder; a holder who has one gets the same card.
   */
  issueCard(profile: HolderProfile): Promise<IssueCardOutcome>;
  /** 9. The offers the holder can use today. */
  listOffers(cardNumber: string): Promise<ListOffersOutcome>;
  /** 10. Counts a receipt, once ever by (fiscal drive, document, fiscal sign). */
  submitReceipt(entry: ReceiptEntry): Promise<SubmitReceiptOutcome>;
  /** 11. Redeems a promo code for the holder. */
  submitPromoCode(entry: PromoCodeEntry): Promise<SubmitPromoCodeOutcome>;
  /** 12. The phones with special terms. */
  listPhones(): Promise<ListPhonesOutcome>;
  /** 13. The same phones, with the parameters of their terms. */
  listPhonesExtended(): Promise<ListPhonesExtendedOutcome>;
}

/** The programme, for injection. */
export const CARD_PROGRAM = Symbol('card program');
