import type { CardType, Region, Tariff } from '@vestibule/troika-contract';
import { exactNumber } from '../../core/exact-number.js';
import { listOf, named, object, orNull, text, type Json, type TypeOf } from '../../http/schema/schema.js';
import {
  IMAGE,
  IN_RUSSIAN,
  partnerNumber,
  partnerNumberOrNull,
  READING_FIELDS,
  TARIFF_FACTS,
  words,
} from '../answer-fields.js';

/** The entries of the dictionaries as the API gives them: ids as an order names them, amounts digit for digit. */

const NAME = orNull(text('Its name, in Russian.'));

// prettier-ignore
const TARIFF_EXAMPLE: Json = {
  id: 2671, name: 'Единый, 30 дней', description: 'Безлимитные поездки по городу, 30 дней',
  imageUrl: 'https://images.invalid/tariff/2671.png', currencyId: 'RUB', priceMin: 2800, priceMax: 2800,
  ticketGroup: 'tat', validityDays: 30, relatedValues: ['30', '90', '365'], relatedIds: [2672, 2673],
  types: ['metro', 'tram', 'bus', 'trolleybus'], zone: 'a',
};
const TARIFF = named(
  'Tariff',
  object(
    {
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
      validityDays: TARIFF_FACTS.validityDays,
      relatedValues: words('What distinguishes the tariffs of its family.'),
      relatedIds: listOf(partnerNumber('The id of a tariff.', 2672), {
        description: 'The other tariffs of its family.',
      }),
      types: TARIFF_FACTS.types,
      zone: TARIFF_FACTS.zone,
    },
    { examples: [TARIFF_EXAMPLE] },
  ),
);
export const TARIFFS = named('Tariffs', object({ tariffs: listOf(TARIFF), ...READING_FIELDS }));

const CARD_TYPE_EXAMPLE: Json = {
  id: 1,
  name: 'Тройка',
  description: 'Обычная карта',
  imageUrl: 'https://images.invalid/card/1.png',
  price: 80,
  deposit: 0,
};
const CARD_TYPE = named(
  'CardType',
  object(
    {
      id: partnerNumber('The `cardTypeId` of an order.', 1),
      name: NAME,
      description: IN_RUSSIAN,
      imageUrl: IMAGE,
      price: partnerNumberOrNull('What a card costs, in roubles, beside its ticket.'),
      deposit: partnerNumberOrNull('What is given back for the card, in roubles.'),
    },
    { examples: [CARD_TYPE_EXAMPLE] },
  ),
);
export const CARD_TYPES = named('CardTypes', object({ cardTypes: listOf(CARD_TYPE), ...READING_FIELDS }));

const REGION = named(
  'Region',
  object(
    { id: partnerNumber('The `regionId` of an order.', 77), name: NAME },
    { examples: [{ id: 77, name: 'Москва' }] },
  ),
);
export const REGIONS = named('Regions', object({ regions: listOf(REGION), ...READING_FIELDS }));

export function tariffView(tariff: Tariff): TypeOf<typeof TARIFF> {
  return {
    id: exactNumber(tariff.id),
    name: tariff.name ?? null,
    description: tariff.description ?? null,
    imageUrl: tariff.imageUrl ?? null,
    currencyId: tariff.currencyId ?? null,
    priceMin: exactNumber(tariff.priceMin),
    priceMax: exactNumber(tariff.priceMax),
    ticketGroup: tariff.ticketGroup ?? null,
    validityDays: tariff.validityDays ?? null,
    relatedValues: tariff.relatedValues,
    relatedIds: tariff.relatedIds.map((id) => exactNumber(id)),
    types: tariff.types,
    zone: tariff.zone ?? null,
  };
}

export function cardTypeView({ id, name, description, imageUrl, price, deposit }: CardType): TypeOf<typeof CARD_TYPE> {
  return {
    id: exactNumber(id),
    name: name ?? null,
    description: description ?? null,
    imageUrl: imageUrl ?? null,
    price: exactNumber(price),
    deposit: exactNumber(deposit),
  };
}

export function regionView({ id, name }: Region): TypeOf<typeof REGION> {
  return { id: exactNumber(id), name: name ?? null };
}
