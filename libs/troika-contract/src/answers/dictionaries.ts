import type { JsonObject } from '@vestibule/envelope';
import { type Fields, type Reading, readBody } from './fields.js';

/** A tariff (troika-business.md, "Methods": app_get_tariff). Money and ids have their exact text. */
export interface Tariff {
  id: string;
  name: string | undefined;
  description: string | undefined;
  imageUrl: string | undefined;
  currencyId: string | undefined;
  priceMin: string | undefined;
  priceMax: string | undefined;
  /** `purse`, `single`, `singlemcd`, `tat`, `bus`; the set is open. */
  ticketGroup: string | undefined;
  validityDays: number | undefined;
  relatedValues: string[];
  relatedIds: string[];
  /** `metro`, `tram`, `bus`, `trolleybus`, `train`. */
  types: string[];
  /** `a`, `b` or `both`, always in lower case. */
  zone: string | undefined;
}

/**
 * A kind of new card (troika-business.md, "Methods": app_get_cardtype). Its id is a text here and an integer in an
 * order.
 */
export interface CardType {
  id: string;
  name: string | undefined;
  description: string | undefined;
  imageUrl: string | undefined;
  price: string | undefined;
  deposit: string | undefined;
}

/** A region (troika-business.md, "Methods": app_get_region). Its id is a text here and an integer in an order. */
export interface Region {
  id: string;
  name: string | undefined;
}

/** Reads the answer of app_get_tariff; no body is a dictionary without entries. */
export function readTariffs(body: JsonObject | undefined): Reading<Tariff[]> {
  return readBody(body, (fields) => fields.entries('tariff', readTariff));
}

/** Reads the answer of app_get_cardtype; no body is a dictionary without entries. */
export function readCardTypes(body: JsonObject | undefined): Reading<CardType[]> {
  return readBody(body, (fields) =>
    fields.entries('cardType', (entry) => ({
      id: entry.id('id'),
      name: entry.text('name'),
      description: entry.text('description'),
      imageUrl: entry.text('imageUrl'),
      price: entry.optionalMoney('price'),
      deposit: entry.optionalMoney('deposit'),
    })),
  );
}

/** Reads the answer of app_get_region; no body is a dictionary without entries. */
export function readRegions(body: JsonObject | undefined): Reading<Region[]> {
  return readBody(body, (fields) =>
    fields.entries('region', (entry) => ({ id: entry.id('id'), name: entry.text('name') })),
  );
}

function readTariff(entry: Fields): Tariff {
  return {
    id: entry.id('id'),
    name: entry.text('name'),
    description: entry.text('description'),
    imageUrl: entry.text('imageUrl'),
    currencyId: entry.text('currencyId'),
    priceMin: entry.optionalMoney('priceMin'),
    priceMax: entry.optionalMoney('priceMax'),
    ticketGroup: entry.text('ticketGroup'),
    validityDays: entry.count('validityDays'),
    relatedValues: entry.words('relatedValues'),
    relatedIds: entry.words('relatedIds'),
    types: entry.words('types'),
    zone: entry.text('zone')?.toLowerCase(),
  };
}
