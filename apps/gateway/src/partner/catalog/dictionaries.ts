import {
  readCardTypes,
  readRegions,
  readTariffs,
  type CardType,
  type MethodName,
  type Reading,
  type Region,
  type Tariff,
} from '@vestibule/troika-contract';
import { numberText } from '../../orders/order.js';

/** What an entry of each dictionary is. */
export interface DictionaryEntries {
  readonly tariffs: Tariff;
  readonly 'card-types': CardType;
  readonly regions: Region;
}

export type DictionaryName = keyof DictionaryEntries;

/** The body of an answer, as the contract's readers take it. */
export type AnswerBody = Parameters<typeof readTariffs>[0];

/** What there is to know of one dictionary. */
export interface Dictionary<E> {
  readonly method: Extract<MethodName, 'app_get_tariff' | 'app_get_cardtype' | 'app_get_region'>;
  readonly read: (body: AnswerBody) => Reading<E[]>;
  /** The field of our answer that holds the list. */
  readonly field: string;
  /** An entry as the API gives it: ids as an order names them, amounts digit for digit. */
  readonly encode: (entry: E) => string;
}

/** The three dictionaries of Тройка Бизнес. */
export const DICTIONARIES: { readonly [N in DictionaryName]: Dictionary<DictionaryEntries[N]> } = {
  tariffs: { method: 'app_get_tariff', read: readTariffs, field: 'tariffs', encode: encodeTariff },
  'card-types': { method: 'app_get_cardtype', read: readCardTypes, field: 'cardTypes', encode: encodeCardType },
  regions: { method: 'app_get_region', read: readRegions, field: 'regions', encode: encodeRegion },
};

export const DICTIONARY_NAMES = ['tariffs', 'card-types', 'regions'] as const;

const text = (value: string | undefined): string => JSON.stringify(value ?? null);
const number = (value: string | undefined): string => numberText(value ?? null);

function encodeTariff(tariff: Tariff): string {
  const { id, name, description, imageUrl, currencyId, priceMin, priceMax, ticketGroup, zone } = tariff;
  return (
    `{"id":${number(id)},"name":${text(name)},"description":${text(description)},"imageUrl":${text(imageUrl)},` +
    `"currencyId":${text(currencyId)},"priceMin":${number(priceMin)},"priceMax":${number(priceMax)},` +
    `"ticketGroup":${text(ticketGroup)},"validityDays":${tariff.validityDays ?? null},` +
    `"relatedValues":${JSON.stringify(tariff.relatedValues)},"relatedIds":[${tariff.relatedIds.map(number).join(',')}],` +
    `"types":${JSON.stringify(tariff.types)},"zone":${text(zone)}}`
  );
}

function encodeCardType({ id, name, description, imageUrl, price, deposit }: CardType): string {
  return (
    `{"id":${number(id)},"name":${text(name)},"description":${text(description)},"imageUrl":${text(imageUrl)},` +
    `"price":${number(price)},"deposit":${number(deposit)}}`
  );
}

function encodeRegion({ id, name }: Region): string {
  return `{"id":${number(id)},"name":${text(name)}}`;
}
