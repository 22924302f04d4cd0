import type { CardProgram, HolderProfile } from '../../card-program.js';
import type { Operation } from '../endpoints.js';

const PROFILE: HolderProfile = {
  firstname: 'Анна',
  patronymic: 'Петровна',
  surname: 'Иванова',
  birthDate: '1990-04-12',
  sex: 'f',
  phone: '79161234567',
  email: 'anna@example.com',
  countryCode: 'RU',
  locality: 'Казань',
};
const RECEIPT = {
  time: '2026-03-17T19:23:00',
  sum: 149_800,
  fiscalDrive: '9282440300669857',
  document: '25151',
  fiscalSign: '1186123459',
  operation: 'sale',
} as const;

/** Every operation, with everything it may be asked with and, where that differs, with as little as possible. */
export const REQUESTS: readonly [Operation, (programme: CardProgram) => Promise<unknown>][] = [
  ['findCard', (p) => p.findCard({ msisdn: '79161234567', email: 'anna@example.com', birthDate: '1990-04-12' })],
  ['findCard', (p) => p.findCard({ email: 'anna@example.com' })],
  ['setChannels', (p) => p.setChannels('0001', { allow: ['sms'], deny: [] })],
  ['getCard', (p) => p.getCard('0001')],
  ['updateProfile', (p) => p.updateProfile('0001', PROFILE)],
  ['updateProfile', (p) => p.updateProfile('0001', {})],
  ['listPurchases', (p) => p.listPurchases('0001', { startDate: '2026-01-01', endDate: '2026-01-31' })],
  ['listPurchases', (p) => p.listPurchases('0001', { startDate: '2026-01-01' })],
  ['reserveCardNumber', (p) => p.reserveCardNumber()],
  ['issueReservedCard', (p) => p.issueReservedCard('0001', PROFILE)],
  ['issueCard', (p) => p.issueCard({ phone: '79161234567' })],
  ['listOffers', (p) => p.listOffers('0001')],
  [
    'submitReceipt',
    (p) =>
      p.submitReceipt({
        holder: { cardNumber: '0001' },
        receipt: RECEIPT,
        raw: { qrCode: 't=…' },
        rawBody: '{"qrCode":"t=…"}',
      }),
  ],
  [
    'submitReceipt',
    (p) => p.submitReceipt({ holder: { phone: '79161234567' }, receipt: RECEIPT, raw: {}, rawBody: '{}' }),
  ],
  [
    'submitPromoCode',
    (p) => p.submitPromoCode({ holder: { phone: '79161234567' }, code: 'SPRING', raw: {}, rawBody: '{}' }),
  ],
  ['listPhones', (p) => p.listPhones()],
  ['listPhonesExtended', (p) => p.listPhonesExtended()],
];

const CARD = {
  cardNumber: '0001',
  cardState: 'active',
  barcode: { barcodeNumber: '4006381333931', barcodeType: 'EAN_13' },
};
const BONUS = {
  total: 132.5,
  available: 112,
  bonuses: [
    { description: 'До вечера', amount: 7, validUntil: '2026-03-17' },
    { description: 'Навсегда', amount: 125.5, validUntil: null },
  ],
};

/** Values as the own system may give them, one for each operation that gives any. */
export const GOOD_ANSWERS: readonly [Operation, object][] = [
  ['findCard', { card: CARD }],
  ['findCard', { card: null }],
  ['getCard', { card: { ...CARD, bonus: BONUS } }],
  [
    'listPurchases',
    {
      purchases: [
        { date: '2026-03-17', item: 'Сыр', amount: 51_900, quantity: 0.35, location: 'Казань', bonuses: 2.5 },
        { date: '2026-03-17', item: null, amount: -100, quantity: null, location: null, bonuses: null },
      ],
    },
  ],
  ['reserveCardNumber', { card: CARD }],
  ['issueCard', { card: CARD }],
  [
    'listOffers',
    {
      offers: [
        {
          id: 'coffee',
          title: 'Кофе',
          description: null,
          imageUrl: 'https://example.com/c.png',
          url: null,
          startDate: '2026-03-01',
          endDate: null,
        },
      ],
    },
  ],
  ['listPhones', { phones: ['79161234567'] }],
  ['listPhonesExtended', { phones: [{ phone: '79161234567', params: [{ name: 'discount', value: '7' }] }] }],
];
