import {
  loyaltyError,
  readChannels,
  readObject,
  readPeriod,
  readProfile,
  readReceipt,
  readSearchQuery,
  type LoyaltyError,
  type LoyaltyOperation,
  type Query,
  type Reading,
} from '@vestibule/koshelek-contract';
import type { Holder, Programme } from './programme.js';

export interface Call {
  readonly programme: Programme;
  readonly cardNumber: string;
  readonly query: Query;
  readonly body: unknown;
}

/** The result of a method: a JSON value, nothing, or an error. */
export type Result = { readonly json: unknown } | 'empty' | { readonly error: LoyaltyError };

const refused = (error: LoyaltyError): Result => ({ error });

/** The thirteen methods, as the contract has them. */
export const OPERATIONS: Readonly<Record<LoyaltyOperation, (call: Call) => Result>> = {
  findCard: ({ programme, query }) =>
    reading(readSearchQuery(query), (search) => {
      const [holder, other] = programme.find(search);
      if (other !== undefined) return refused(loyaltyError('severalCardsMatch'));
      if (holder === undefined) return 'empty';
      if (holder.profile.locality === 'blocked') return refused(loyaltyError('cardBlocked'));
      return { json: { card: cardOf(holder) } };
    }),
  setChannels: (call) => reading(readChannels(call.body), () => ofCard(call, () => 'empty')),
  getCard: (call) =>
    ofCard(call, (holder) => {
      const total = String(holder.points);
      const lots = [{ description: 'Приветственные', amount: total, validUntil: '2030-12-31' }];
      return { json: { card: { ...cardOf(holder), bonus: { total, available: total, bonuses: lots } } } };
    }),
  updateProfile: (call) =>
    reading(readProfile(call.body), (profile) =>
      ofCard(call, (holder) => {
        if (call.programme.belongsToAnother(profile, holder.number)) return refused(loyaltyError('phoneOfAnotherCard'));
        holder.profile = { ...holder.profile, ...profile };
        return 'empty';
      }),
    ),
  listPurchases: (call) =>
    reading(readPeriod(call.query), ({ startDate, endDate = '9999-12-31' }) =>
      ofCard(call, () => ({ json: [PURCHASE].filter(({ date }) => startDate <= date && date <= endDate) })),
    ),
  reserveCardNumber: ({ programme }) => {
    const number = programme.newNumber();
    programme.reserved.add(number);
    return { json: number };
  },
  issueReservedCard: ({ programme, cardNumber, body }) =>
    reading(readProfile(body), (profile) => {
      const owner = programme.holders.get(cardNumber);
      if (owner !== undefined) {
        return owner.profile.phone === profile.phone ? 'empty' : refused(loyaltyError('cardNumberTaken'));
      }
      if (!programme.reserved.has(cardNumber)) return refused(loyaltyError('cardNotReserved'));
      programme.issue(cardNumber, profile);
      return 'empty';
    }),
  issueCard: ({ programme, body }) =>
    reading(readProfile(body), (profile) => {
      if (profile.phone === undefined) return refused(loyaltyError('fieldMissing', { field: 'phone' }));
      const [present] = programme.find({ msisdn: profile.phone });
      return { json: { card: cardOf(present ?? programme.issue(programme.newNumber(), profile)) } };
    }),
  listOffers: (call) => ofCard(call, () => ({ json: [{ title: 'Скидка', percent: '5' }] })),
  submitReceipt: ({ programme, body }) =>
    reading(readObject(body), ({ qrCode, cardNumber }) =>
      reading(readReceipt(String(qrCode), 'qrCode'), ({ fiscalDrive, document, fiscalSign, operation }) => {
        if (operation !== 'sale') return refused(loyaltyError('receiptNotSale'));
        const holder = programme.holders.get(String(cardNumber));
        if (holder === undefined) return refused(loyaltyError('cardNotFound'));
        const key = `${fiscalDrive} ${document} ${fiscalSign}`;
        if (programme.receipts.has(key)) return refused(loyaltyError('receiptRepeated'));
        programme.receipts.add(key);
        holder.points += 10;
        return 'empty';
      }),
    ),
  submitPromoCode: ({ body }) => reading(readObject(body), () => refused(loyaltyError('promoCodeUnknown'))),
  listPhones: () => ({ json: ['79160000001', '79160000002'] }),
  listPhonesExtended: () => ({
    json: [{ phone: '79160000001', params: [{ name: 'discount', value: '5' }] }, { phone: '79160000002' }],
  }),
};

const PURCHASE = {
  date: '2026-03-17',
  item: 'Хлеб',
  amount: '4990',
  quantity: '1',
  location: 'Москва',
  bonuses: '5',
};

function cardOf({ number }: Holder) {
  return {
    cardNumber: number,
    cardState: 'active',
    barcode: { barcodeNumber: number, barcodeType: 'CODE_128' },
  };
}

function reading<T>(given: Reading<T>, then: (value: T) => Result): Result {
  return given.ok ? then(given.value) : refused(given.error);
}

function ofCard({ programme, cardNumber }: Call, then: (holder: Holder) => Result): Result {
  const holder = programme.holders.get(cardNumber);
  return holder === undefined ? refused(loyaltyError('cardNotFound')) : then(holder);
}
