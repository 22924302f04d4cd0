import { loyaltyError } from '@vestibule/koshelek-contract';
import {
  accepts,
  bodyHas,
  instead,
  knownCard,
  method,
  refuses,
  repeated,
  rewritten,
  searchBy,
  unknownCard,
  type Mutation,
  type When,
} from './mutate.js';
import { errorReply, jsonReply, textReply, type Asked } from './reference-server.js';

const cardJson = (cardNumber: string) => ({
  card: { cardNumber, cardState: 'active', barcode: { barcodeNumber: cardNumber, barcodeType: 'CODE_128' } },
});

const hasBoth: When = ({ query, programme }) => {
  const { msisdn, email } = query;
  if (msisdn === undefined || email === undefined) return false;
  return programme.find({ msisdn })[0] !== programme.find({ email })[0];
};
const matchesOne: When = ({ query: { msisdn = '', email = '' }, programme }) =>
  programme.find({ msisdn, email }).length === 1;

/** A search by phone only that finds nothing. */
const findsNothing: When = (asked) => searchBy('msisdn')(asked) && asked.programme.find(asked.query).length === 0;

/** The holder of most checks: the first one that the kit creates. */
const firstHolder = ({ programme }: Asked) =>
  [...programme.holders.values()].find(({ profile }) => profile.locality !== 'blocked');

const fieldNames = ({ json }: Asked): string => Object.keys(json ?? {}).join();

/** A body of method 4 whose fields are exactly these. */
const profileWith = (...names: string[]): When =>
  method(4, (asked) => knownCard(asked) && fieldNames(asked) === names.join());

/** A body of method 4 that is but a phone or an e-mail, and of another card. */
const takes = (name: 'phone' | 'email'): When =>
  method(4, (asked) => {
    const { json, cardNumber, programme } = asked;
    return fieldNames(asked) === name && programme.belongsToAnother({ [name]: String(json?.[name]) }, cardNumber);
  });

/** Credits a receipt without checking it. */
const credit = ({ programme, json }: Asked) => {
  const holder = programme.holders.get(String(json?.['cardNumber']));
  if (holder !== undefined) holder.points += 10;
  return textReply('');
};

const showsCard: When = (asked) => asked.method === 1 || asked.method === 3;

const isBlocked: When = ({ query, programme }) =>
  programme.find({ msisdn: query['msisdn'] ?? '' })[0]?.profile.locality === 'blocked';

/** The methods one by one. */
// prettier-ignore
export const METHOD_MUTATIONS: readonly Mutation[] = [
  accepts('search.by-phone', 'nothing is found by phone', (asked) => searchBy('msisdn')(asked) && !isBlocked(asked)),
  rewritten('search.by-phone', 'another card is found by phone', (asked) => searchBy('msisdn')(asked) && asked.query['msisdn'] === firstHolder(asked)?.profile.phone, (text) => text.replace(/"cardNumber":"\d+"/, '"cardNumber":"000"')),
  accepts('search.by-email', 'nothing is found by e-mail', searchBy('email')),
  accepts('search.by-birth-date', 'nothing is found by birth date', (asked) => searchBy('birthDate')(asked) || searchBy('birthdate')(asked)),
  accepts('search.birthdate-spelling', 'birthdate is not known', searchBy('birthdate')),
  accepts('search.or', 'AND instead of OR', method(1, (asked) => hasBoth(asked) && matchesOne(asked))),
  accepts('search.or', 'the e-mail counts only without a phone', method(1, (asked) => hasBoth(asked) && matchesOne(asked) && asked.programme.find({ msisdn: asked.query['msisdn'] ?? '' }).length === 0)),
  refuses('search.unknown-parameter', 'an unknown parameter is refused', method(1, ({ query }) => 'shoeSize' in query)),
  accepts('search.unknown-parameter', 'an unknown parameter matches nothing', method(1, ({ query }) => 'shoeSize' in query)),
  accepts('search.no-parameter', 'a search without parameters', searchBy()),
  ...['{}', 'null', '[]', '""'].map((text) => instead('search.not-found', `${text} for nothing found`, findsNothing, () => textReply(text))),
  instead('search.not-found', 'an error for nothing found', findsNothing, () => errorReply(loyaltyError('cardNotFound'))),
  accepts('search.several-cards', 'nothing when several match', method(1, (asked) => hasBoth(asked) && !matchesOne(asked) && asked.programme.find(asked.query).length === 2)),
  rewritten('search.one-card', 'another answer the second time', repeated(searchBy('msisdn')), (text) => text.replace('"active"', '"inactive"')),
  rewritten('card.fields', 'no card state', searchBy('msisdn'), (text) => text.replace('"cardState":"active",', '')),
  rewritten('card.fields', 'no barcode', searchBy('msisdn'), (text) => text.replace(/,"barcode":\{.*?\}/, '')),
  rewritten('card.barcode-fields', 'no barcode type', searchBy('msisdn'), (text) => text.replace(',"barcodeType":"CODE_128"', '')),
  rewritten('card.state', 'another state', showsCard, (text) => text.replace('"active"', '"ACTIVE"')),
  rewritten('card.barcode-type', 'another type', showsCard, (text) => text.replace('CODE_128', 'CODE128')),
  rewritten('card.barcode-drawable', 'an EAN-13 with a wrong check digit', showsCard, (text) => text.replace(/"barcodeNumber":"\d+","barcodeType":"CODE_128"/, '"barcodeNumber":"4600000000011","barcodeType":"EAN_13"')),
  rewritten('card.lengths', 'a barcode of 51 characters', showsCard, (text) => text.replace(/"barcodeNumber":"\d+"/, `"barcodeNumber":"${'1'.repeat(51)}"`)),
  accepts('search.blocked-card', 'a blocked card is shown', method(1, isBlocked)),

  refuses('channels.post', 'POST is refused', method(2, ({ verb }) => verb === 'POST')),
  refuses('channels.unknown-codes', 'an unknown code is refused', method(2, bodyHas('carrier-pigeon'))),
  refuses('channels.one-list', 'both lists are demanded', method(2, ({ text }) => text === '{"allow":["sms"]}')),
  refuses('channels.both-lists', 'a channel in both lists is refused', method(2, ({ text }) => text === '{"allow":["sms"],"deny":["sms"]}')),
  refuses('channels.unknown-field', 'an unknown field is refused', method(2, bodyHas('shoeSize'))),
  instead('channels.empty-body', '{} for an update', method(2, (asked) => knownCard(asked) && asked.text.includes('"call"')), () => textReply('{}')),
  refuses('channels.repeat', 'the same channels twice are refused', repeated(method(2, ({ text }) => text === '{"allow":["email"],"deny":["sms","call"]}'))),

  instead('balance.card', 'another card is shown', method(3, knownCard), ({ cardNumber }) => jsonReply({ card: { ...cardJson(`${cardNumber}9`).card, bonus: { total: '1', available: '1', bonuses: [] } } })),
  rewritten('balance.bonus', 'no available bonuses', method(3), (text) => text.replace(/"available":"\d+",/, '')),
  rewritten('balance.lots', 'an object for the lots', method(3), (text) => text.replace(/"bonuses":\[.*?\]/, '"bonuses":{}')),
  rewritten('balance.lot-fields', 'a lot without an amount', method(3), (text) => text.replace(/"amount":"\d+",/, '')),
  rewritten('balance.lot-date', 'a Russian date', method(3), (text) => text.replace('2030-12-31', '31.12.2030')),
  accepts('balance.unknown-card', 'nothing for an unknown card', method(3, unknownCard)),

  refuses('profile.put', 'a whole profile is refused', profileWith('firstname', 'patronymic', 'surname', 'sex', 'phone', 'countryCode', 'locality', 'email', 'birthDate')),
  refuses('profile.post', 'POST is refused', method(4, (asked) => knownCard(asked) && asked.verb === 'POST')),
  refuses('profile.one-field', 'one field is not enough', method(4, bodyHas('Single'))),
  refuses('profile.field-case', 'firstName is refused', method(4, bodyHas('firstName'))),
  ...['м', 'ж', 'm', 'f', 'male', 'женский'].map((sex, index) => refuses(`profile.sex-${index + 1}`, `${sex} is refused`, method(4, ({ text }) => text === JSON.stringify({ sex })))),
  refuses('profile.longest-name', '50 characters are too long', method(4, bodyHas('K'.repeat(50)))),
  refuses('profile.unknown-field', 'an unknown field is refused', method(4, bodyHas('shoeSize'))),
  instead('profile.empty-body', '{} for an update', method(4, (asked) => knownCard(asked) && asked.text.includes('Kit')), () => textReply('{}')),
  accepts('profile.found-after', 'a changed e-mail is lost', profileWith('email', 'phone')),
  accepts('profile.unknown-card', 'the profile of no card', method(4, unknownCard)),
  accepts('profile.phone-of-another', "another card's phone is taken", takes('phone')),
  accepts('profile.email-of-another', "another card's e-mail is taken", takes('email')),
  refuses('profile.repeat', 'the same profile twice is refused', repeated(profileWith('surname', 'locality'))),

  refuses('purchases.answered', 'a period with an end is refused', method(5, ({ query }) => query['endDate'] === '2100-01-01')),
  refuses('purchases.no-end', 'an end is demanded', method(5, (asked) => knownCard(asked) && asked.query['startDate'] === '2000-01-01' && asked.query['endDate'] === undefined)),
  rewritten('purchases.bare-array', 'an object around the array', method(5, ({ query }) => query['startDate'] === '2000-01-01'), (text) => `{"purchases":${text}}`),
  instead('purchases.empty-array', 'no body for no purchases', method(5, (asked) => knownCard(asked) && asked.query['startDate'] === '1901-01-01'), () => textReply('')),
  instead('purchases.inclusive-days', 'the last day is left out', method(5, ({ query }) => query['startDate'] === query['endDate']), () => jsonReply([])),
  rewritten('purchases.line-fields', 'no location', method(5), (text) => text.replace('"location":"Москва",', '')),
  rewritten('purchases.amount', 'roubles', method(5), (text) => text.replace('4990', '49.90')),
  instead('purchases.unknown-card', '[] for an unknown card', method(5, unknownCard), () => jsonReply([])),
  instead('purchases.bad-date', '[] for a bad date', method(5, ({ query }) => query['startDate'] === '31.12.2025'), () => jsonReply([])),

  refuses('reserve.answered', 'no number is reserved', method(6)),
  rewritten('reserve.bare', 'an object for the number', method(6), (text) => `{"cardNumber":${text}}`),
  instead('reserve.different', 'always the same number', method(6), ({ programme }) => {
    programme.reserved.add('0111');
    return jsonReply('0111');
  }),
  refuses('reserved.accepted', 'a reserved card is not issued', method(7, ({ programme, cardNumber }) => programme.reserved.has(cardNumber))),
  instead('reserved.empty-body', 'the card for an issue', method(7, (asked) => asked.programme.reserved.has(asked.cardNumber)), ({ programme, cardNumber, json }) => {
    programme.issue(cardNumber, { phone: String(json?.['phone']), email: String(json?.['email']) });
    return jsonReply(cardJson(cardNumber));
  }),
  instead('reserved.found', 'another number is issued', method(7, (asked) => asked.programme.reserved.has(asked.cardNumber)), ({ programme, json }) => {
    programme.issue(programme.newNumber(), { phone: String(json?.['phone']), email: String(json?.['email']) });
    return textReply('');
  }),
  refuses('reserved.repeat', 'the same issue twice is refused', method(7, ({ programme, cardNumber, json }) => programme.holders.get(cardNumber)?.profile.phone === json?.['phone'])),
  accepts('reserved.never-reserved', 'any number is issued', method(7, (asked) => unknownCard(asked) && !asked.programme.reserved.has(asked.cardNumber))),
  accepts('reserved.taken', 'a taken number is issued', method(7, knownCard)),

  refuses('issue.accepted', 'method 8 is not there', method(8)),
  instead('issue.answer', 'the bare number for an issue', method(8, ({ json }) => json?.['phone'] !== undefined), ({ programme, json }) => {
    const profile = { phone: String(json?.['phone']), email: String(json?.['email']), birthDate: String(json?.['birthDate']) };
    const holder = programme.find({ msisdn: profile.phone })[0] ?? programme.issue(programme.newNumber(), profile);
    return jsonReply(holder.number);
  }),
  instead('issue.one-card', 'a second card for a repeated issue', repeated(method(8)), ({ programme }) => jsonReply(cardJson(programme.newNumber()))),
  refuses('issue.repeat', 'a repeated issue is refused', repeated(method(8))),

  refuses('offers.answered', 'no offers', method(9, knownCard)),
  instead('offers.unknown-card', '[] for an unknown card', method(9, unknownCard), () => jsonReply([])),
  instead('receipt.exists', 'receipts are not there', method(10, bodyHas('fn=')), () => errorReply(loyaltyError('unknownPath'))),
  instead('receipt.accepted', 'receipts are refused', method(10, bodyHas('fn=')), () => errorReply(loyaltyError('internalError'))),
  instead('receipt.once', 'a receipt counts each time it is sent', method(10, bodyHas('fn=')), credit),
  instead('receipt.shapes', 'a receipt in another shape is another receipt', method(10, bodyHas('fn%3D')), credit),
  instead('receipt.refund', 'a refund is credited', method(10, bodyHas('N=2')), credit),
  accepts('receipt.not-a-receipt', 'anything is a receipt', method(10, bodyHas('example.com'))),
  instead('promo-code.exists', 'promo codes are not there', method(11), () => errorReply(loyaltyError('unknownPath'))),
  accepts('promo-code.unknown', 'any promo code', method(11)),

  instead('phones.array', 'an object around the phones', method(12), () => jsonReply({ phones: ['79160000001'] })),
  instead('phones.array', 'objects for phones', method(12), () => jsonReply([{ phone: '79160000001' }])),
  instead('phones.no-plus', 'phones with a plus', method(12), () => jsonReply(['+79160000001'])),
  instead('phones.extended-array', 'an object by phone', method(13), () => jsonReply({ '79160000001': [] })),
  instead('phones.extended-array', 'an element without a phone', method(13), () => jsonReply([{ params: [{ name: 'a', value: 'b' }] }])),
  instead('phones.extended-no-plus', 'phones with a plus', method(13), () => jsonReply([{ phone: '+79160000001' }])),
  instead('phones.params-only-if-any', 'params without any', method(13), () => jsonReply([{ phone: '79160000001', params: [] }])),
  instead('phones.params-fields', 'params as an object', method(13), () => jsonReply([{ phone: '79160000001', params: { discount: '5' } }])),
];
