import { flag, integer, listOf, named, object, orNull, text } from '../../../http/schema/schema.js';
import type { FieldsOf, Json, Schema } from '../../../http/schema/schema.js';
import { moment } from '../../../http/schema/formats.js';
import type { AccountReading } from '../../../partner/account/account-reading.js';
import { DICTIONARIES, type DictionaryEntries, type DictionaryName } from '../../../partner/catalog/dictionaries.js';
import { partnerNumber, partnerNumberOrNull } from './partner-number.js';

const NAME = orNull(text('Its name, in Russian.'));
const IN_RUSSIAN = orNull(text('In Russian.'));
const IMAGE = orNull(text('The address of a picture.'));

const TARIFF: FieldsOf<DictionaryEntries['tariffs']> = {
  id: partnerNumber('The `tariffId` of an order.', 2671),
  name: NAME,
  description: IN_RUSSIAN,
  imageUrl: IMAGE,
  currencyId: orNull(text('The `currencyId` of an order.')),
  priceMin: partnerNumberOrNull('What it costs at least, in roubles.'),
  priceMax: partnerNumberOrNull(
    'What it costs at most, in roubles: the same, but for a purse, whose `amount` may be anything in between.',
  ),
  ticketGroup: orNull(text('`purse`, `single`, `singlemcd`, `tat`, `bus`; there may be others.')),
  validityDays: orNull(integer('For how many days it is valid.')),
  relatedValues: listOf({ type: 'string' }, { description: 'What tells the tariffs of its family apart.' }),
  relatedIds: listOf(partnerNumber('The id of a tariff.', 2672), { description: 'The other tariffs of its family.' }),
  types: listOf({ type: 'string' }, { description: '`metro`, `tram`, `bus`, `trolleybus`, `train`.' }),
  zone: orNull(text('`a`, `b` or `both`.')),
};

const CARD_TYPE: FieldsOf<DictionaryEntries['card-types']> = {
  id: partnerNumber('The `cardTypeId` of an order.', 1),
  name: NAME,
  description: IN_RUSSIAN,
  imageUrl: IMAGE,
  price: partnerNumberOrNull('What a card costs, in roubles, beside its ticket.'),
  deposit: partnerNumberOrNull('What is given back for the card, in roubles.'),
};

const REGION: FieldsOf<DictionaryEntries['regions']> = {
  id: partnerNumber('The `regionId` of an order.', 77),
  name: NAME,
};

const READ = {
  fetchedAt: moment('When it was read from Тройка Бизнес.'),
  stale: flag('Whether it is older than two of its refresh periods: Тройка Бизнес may say something else by now.'),
};

/** @param example an entry that the demo has */
function dictionary(name: DictionaryName, schemas: [many: string, one: string], fields: Json, example: Json): Schema {
  const entry = named(schemas[1], object(fields as Readonly<Record<string, Json>>, { examples: [example] }));
  return named(schemas[0], object({ [DICTIONARIES[name].field]: listOf(entry), ...READ }));
}

// prettier-ignore
export const TARIFFS = dictionary('tariffs', ['Tariffs', 'Tariff'], TARIFF, {
  id: 2671, name: 'Единый, 30 дней', description: 'Безлимитные поездки по городу, 30 дней',
  imageUrl: 'https://images.invalid/tariff/2671.png', currencyId: 'RUB', priceMin: 2800, priceMax: 2800,
  ticketGroup: 'tat', validityDays: 30, relatedValues: ['30', '90', '365'], relatedIds: [2672, 2673],
  types: ['metro', 'tram', 'bus', 'trolleybus'], zone: 'a',
});
// prettier-ignore
export const CARD_TYPES = dictionary('card-types', ['CardTypes', 'CardType'], CARD_TYPE, {
  id: 1, name: 'Тройка', description: 'Обычная карта', imageUrl: 'https://images.invalid/card/1.png',
  price: 80, deposit: 0,
});
export const REGIONS = dictionary('regions', ['Regions', 'Region'], REGION, { id: 77, name: 'Москва' });

const ACCOUNT_FIELDS: FieldsOf<Omit<AccountReading, 'askedAt' | 'readAt'>> = {
  name: orNull(text('The name of the account there.')),
  fund: partnerNumberOrNull(
    'The size of the guarantee fund, in roubles; null when Тройка Бизнес told none that can be read.',
  ),
  amount: partnerNumber('What is left of it, in roubles.', 997_200),
  currencyId: orNull(text('Such as RUB.')),
};
export const ACCOUNT = named('Account', object({ ...ACCOUNT_FIELDS, ...READ }, { description: 'The guarantee fund.' }));
