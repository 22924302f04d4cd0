import type { AccountReading } from '../../../partner/account/account-reading.js';
import { DICTIONARIES, type DictionaryEntries, type DictionaryName } from '../../../partner/catalog/dictionaries.js';
import { listOf, moment, object, orNull, schemaRef, text, type FieldsOf, type Json } from '../build.js';
import { partnerNumber, partnerNumberOrNull } from './partner-number.js';

const IMAGE = orNull(text('The address of a picture.'));

const TARIFF: FieldsOf<DictionaryEntries['tariffs']> = {
  id: partnerNumber('The `tariffId` of an order.'),
  name: orNull(text('Its name, in Russian.')),
  description: orNull(text('In Russian.')),
  imageUrl: IMAGE,
  currencyId: orNull(text('The `currencyId` of an order.')),
  priceMin: partnerNumberOrNull('What it costs at least, in roubles.'),
  priceMax: partnerNumberOrNull(
    'What it costs at most, in roubles: the same, but for a purse, whose `amount` may be anything in between.',
  ),
  ticketGroup: orNull(text('`purse`, `single`, `singlemcd`, `tat`, `bus`; there may be others.')),
  validityDays: orNull({ type: 'integer', description: 'For how many days it is valid.' }),
  relatedValues: listOf({ type: 'string' }, { description: 'What tells the tariffs of its family apart.' }),
  relatedIds: listOf(partnerNumber('The id of a tariff.'), { description: 'The other tariffs of its family.' }),
  types: listOf({ type: 'string' }, { description: '`metro`, `tram`, `bus`, `trolleybus`, `train`.' }),
  zone: orNull(text('`a`, `b` or `both`.')),
};

const CARD_TYPE: FieldsOf<DictionaryEntries['card-types']> = {
  id: partnerNumber('The `cardTypeId` of an order.'),
  name: orNull(text('Its name, in Russian.')),
  description: orNull(text('In Russian.')),
  imageUrl: IMAGE,
  price: partnerNumberOrNull('What a card costs, in roubles, beside its ticket.'),
  deposit: partnerNumberOrNull('What is given back for the card, in roubles.'),
};

const REGION: FieldsOf<DictionaryEntries['regions']> = {
  id: partnerNumber('The `regionId` of an order.'),
  name: orNull(text('Its name, in Russian.')),
};

const READ = {
  fetchedAt: moment('When it was read from Тройка Бизнес.'),
  stale: {
    type: 'boolean',
    description: 'Whether it is older than two of its refresh periods: Тройка Бизнес may say something else by now.',
  },
};

const dictionary = (name: DictionaryName, entry: Json): Json =>
  object({ [DICTIONARIES[name].field]: listOf(entry), ...READ });

const ACCOUNT: FieldsOf<Omit<AccountReading, 'askedAt' | 'readAt'>> = {
  name: orNull(text('The name of the account there.')),
  fund: partnerNumberOrNull(
    'The size of the guarantee fund, in roubles; null when Тройка Бизнес told none that can be read.',
  ),
  amount: partnerNumber('What is left of it, in roubles.'),
  currencyId: orNull(text('Such as RUB.')),
};

export const CATALOG_SCHEMAS: Readonly<Record<string, Json>> = {
  Tariffs: dictionary('tariffs', schemaRef('Tariff')),
  Tariff: object(TARIFF),
  CardTypes: dictionary('card-types', schemaRef('CardType')),
  CardType: object(CARD_TYPE),
  Regions: dictionary('regions', schemaRef('Region')),
  Region: object(REGION),
  Account: object({ ...ACCOUNT, ...READ }, { description: 'The guarantee fund.' }),
};
