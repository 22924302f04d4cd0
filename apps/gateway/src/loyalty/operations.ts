import {
  accept,
  CARD_NUMBER_MAX_LENGTH,
  isBirthDate,
  isCardNumber,
  loyaltyError,
  readChannels,
  readParameter,
  readPeriod,
  readProfile,
  readPromoCodeEntry,
  readReceiptEntry,
  readSearchQuery,
  refuse,
  type LoyaltyEncoders,
  type LoyaltyOperation,
  type PlainLoyaltyErrorKey,
  type Profile,
  type PromoFields,
  type Query,
  type Reading,
} from '@vestibule/koshelek-contract';
import type { CardProgram, HolderProfile, Listing, Outcome } from './card-program/card-program.js';
import { listReply } from './list-reply.js';
import { PROMO_BODY_LIMIT } from './loyalty-faults.js';
import { isFromTheFuture } from './receipt-time.js';
import { EMPTY_REPLY, refusal, type LoyaltyReply } from './reply.js';

/** A request that has been routed: what the method's reader gets to see. */
export interface LoyaltyCall {
  readonly query: Query;
  /** `undefined` if the path of the method has none. */
  readonly cardNumber: string | undefined;
  readonly body: unknown;
  /** The received body; `''` without one. */
  readonly rawBody: string;
}

/** What an operation works with: the programme, and what this installation has settled about the contract. */
export interface LoyaltyContext {
  readonly program: CardProgram;
  readonly encode: LoyaltyEncoders;
  readonly promoFields: PromoFields;
  /** The largest sum of a receipt, in kopecks. */
  readonly receiptMaxSum: number;
}

type Operation = (context: LoyaltyContext, call: LoyaltyCall) => Promise<LoyaltyReply>;

/** What each method does: read the request, ask the programme, write the answer. */
export const OPERATIONS: Readonly<Record<LoyaltyOperation, Operation>> = {
  findCard: async ({ program, encode }, { query }) => {
    const search = readSearchQuery(query);
    if (!search.ok) return refusal(search.error);
    return reply(await program.findCard(search.value), (card) => (card === undefined ? '' : encode.card(card)));
  },
  setChannels: async ({ program }, call) => {
    const channels = readChannels(call.body);
    if (!channels.ok) return refusal(channels.error);
    return onCard(call, async (cardNumber) => reply(await program.setChannels(cardNumber, channels.value)));
  },
  getCard: ({ program, encode }, call) =>
    onCard(call, async (cardNumber) => reply(await program.getCard(cardNumber), encode.cardWithBonus)),
  updateProfile: async ({ program }, call) => {
    const profile = readBornProfile(call.body);
    if (!profile.ok) return refusal(profile.error);
    return onCard(call, async (cardNumber) => reply(await program.updateProfile(cardNumber, profile.value)));
  },
  listPurchases: async ({ program, encode }, call) => {
    const period = readPeriod(call.query);
    if (!period.ok) return refusal(period.error);
    return onCard(call, async (cardNumber) =>
      listed(await program.listPurchases(cardNumber, period.value), encode.purchases),
    );
  },
  reserveCardNumber: async ({ program, encode }) => reply(await program.reserveCardNumber(), encode.reservedNumber),
  issueReservedCard: async ({ program }, call) => {
    const profile = readHolderProfile(call.body);
    if (!profile.ok) return refusal(profile.error);
    return onCard(call, async (cardNumber) => reply(await program.issueReservedCard(cardNumber, profile.value)));
  },
  issueCard: async ({ program, encode }, { body }) => {
    const profile = readHolderProfile(body);
    if (!profile.ok) return refusal(profile.error);
    return reply(await program.issueCard(profile.value), encode.card);
  },
  listOffers: ({ program, encode }, call) =>
    onCard(call, async (cardNumber) => reply(await program.listOffers(cardNumber), encode.offers)),
  submitReceipt: async ({ program, promoFields, receiptMaxSum }, call) => {
    if (isTooLong(call)) return TOO_LONG;
    const entry = readReceiptEntry(call, promoFields);
    if (!entry.ok) return refusal(entry.error);
    if (isFromTheFuture(entry.value.receipt, new Date())) {
      return refusal(loyaltyError('receiptFieldInvalid', { field: 't' }));
    }
    if (entry.value.receipt.sum > receiptMaxSum) {
      return refusal(loyaltyError('receiptSumTooLarge', { limit: receiptMaxSum / 100 }));
    }
    return reply(await program.submitReceipt(entry.value));
  },
  submitPromoCode: async ({ program, promoFields }, call) => {
    if (isTooLong(call)) return TOO_LONG;
    const entry = readPromoCodeEntry(call, promoFields);
    return entry.ok ? reply(await program.submitPromoCode(entry.value)) : refusal(entry.error);
  },
  listPhones: async ({ program, encode }) => listed(await program.listPhones(), encode.phones),
  listPhonesExtended: async ({ program, encode }) =>
    listed(await program.listPhonesExtended(), encode.phonesWithParams),
};

const TOO_LONG = refusal(loyaltyError('bodyTooLarge', { limit: PROMO_BODY_LIMIT }));

function isTooLong({ rawBody }: LoyaltyCall): boolean {
  return Buffer.byteLength(rawBody) > PROMO_BODY_LIMIT;
}

/** A profile whose birth date is not in the future. */
function readBornProfile(body: unknown): Reading<Profile> {
  const profile = readProfile(body);
  if (!profile.ok || profile.value.birthDate === undefined) return profile;
  return isBirthDate(profile.value.birthDate, new Date())
    ? profile
    : refuse(loyaltyError('badBirthDate', { field: 'birthDate' }));
}

/** A profile with the phone that issuing needs. */
function readHolderProfile(body: unknown): Reading<HolderProfile> {
  const profile = readBornProfile(body);
  if (!profile.ok) return profile;
  const { phone } = profile.value;
  return phone === undefined
    ? refuse(loyaltyError('fieldMissing', { field: 'phone' }))
    : accept({ ...profile.value, phone });
}

/** Continues with the card number: the path's, or the query's where a setting has taken it out of the path. */
async function onCard(
  { cardNumber, query }: LoyaltyCall,
  proceed: (cardNumber: string) => Promise<LoyaltyReply>,
): Promise<LoyaltyReply> {
  if (cardNumber !== undefined) return proceed(cardNumber);
  const given = readParameter(query, 'cardNumber');
  if (!given.ok) return refusal(given.error);
  if (given.value === undefined) return refusal(loyaltyError('fieldMissing', { field: 'cardNumber' }));
  return isCardNumber(given.value)
    ? proceed(given.value)
    : refusal(loyaltyError('badCardNumber', { limit: CARD_NUMBER_MAX_LENGTH }));
}

/** The answer to an outcome that is a list. */
async function listed<T>(
  outcome: Outcome<Listing<T>, PlainLoyaltyErrorKey>,
  encode: (items: readonly T[]) => string,
): Promise<LoyaltyReply> {
  return outcome.kind === 'refused' ? refusal(loyaltyError(outcome.why)) : listReply(outcome.value, encode);
}

/** The answer to an outcome; without a value, 200 without a body. */
function reply<Value>(
  outcome: Outcome<Value, PlainLoyaltyErrorKey>,
  encode: (value: Value) => string = () => '',
): LoyaltyReply {
  if (outcome.kind === 'refused') return refusal(loyaltyError(outcome.why));
  const body = encode(outcome.value);
  return body === '' ? EMPTY_REPLY : { status: 200, body };
}
