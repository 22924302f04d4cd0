import { writeJson } from '@vestibule/envelope';
import { readingView } from '../../partner/account/account-reading.js';
import {
  DICTIONARIES,
  type Dictionary,
  type DictionaryEntries,
  type DictionaryName,
} from '../../partner/catalog/dictionaries.js';
import type { Json } from './build.js';

const READ_AT = new Date('2026-11-24T09:00:00.000Z');
const READ = { fetchedAt: READ_AT, stale: false };

/** One entry, as the encoder of its dictionary writes it. */
function oneOf<N extends DictionaryName>(name: N, entry: DictionaryEntries[N]): Json {
  const { field, view } = DICTIONARIES[name] as Dictionary<DictionaryEntries[N]>;
  return { inTheDemo: { [field]: [JSON.parse(writeJson(view(entry)))], ...JSON.parse(JSON.stringify(READ)) } };
}

/** Each with an entry that the demo has. */
export const TARIFFS = oneOf('tariffs', {
  id: '2671',
  name: 'Единый, 30 дней',
  description: 'Безлимитные поездки по городу, 30 дней',
  imageUrl: 'https://images.invalid/tariff/2671.png',
  currencyId: 'RUB',
  priceMin: '2800',
  priceMax: '2800',
  ticketGroup: 'tat',
  validityDays: 30,
  relatedValues: ['30', '90', '365'],
  relatedIds: ['2672', '2673'],
  types: ['metro', 'tram', 'bus', 'trolleybus'],
  zone: 'a',
});
export const CARD_TYPES = oneOf('card-types', {
  id: '1',
  name: 'Тройка',
  description: 'Обычная карта',
  imageUrl: 'https://images.invalid/card/1.png',
  price: '80',
  deposit: '0',
});
export const REGIONS = oneOf('regions', { id: '77', name: 'Москва' });

export const ACCOUNT: Json = {
  reading: JSON.parse(
    writeJson(
      readingView(
        {
          name: 'ООО «Пример»',
          fund: '1000000',
          amount: '997200',
          currencyId: 'RUB',
          askedAt: READ_AT,
          readAt: READ_AT,
        },
        READ,
      ),
    ),
  ),
};
