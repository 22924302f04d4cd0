import { call } from './call.js';
import type { Result } from './problem.js';

interface Named {
  readonly id: number;
  readonly name: string | null;
}
export interface Tariff extends Named {
  readonly priceMin: number | null;
  readonly priceMax: number | null;
  readonly ticketGroup: string | null;
  readonly validityDays: number | null;
  readonly zone: string | null;
}
export interface CardType extends Named {
  readonly price: number | null;
  readonly deposit: number | null;
}
export type Region = Named;

interface Reading {
  readonly fetchedAt: string;
  readonly stale: boolean;
}
export interface Dictionaries {
  readonly tariffs: Reading & { readonly tariffs: readonly Tariff[] };
  readonly cardTypes: Reading & { readonly cardTypes: readonly CardType[] };
  readonly regions: Reading & { readonly regions: readonly Region[] };
}

export async function lookAtDictionaries(): Promise<Result<Dictionaries>> {
  const ask = <T>(name: string): Promise<Result<T>> => call('GET', `/admin/dictionaries/${name}`);
  const [tariffs, cardTypes, regions] = await Promise.all([
    ask<Dictionaries['tariffs']>('tariffs'),
    ask<Dictionaries['cardTypes']>('card-types'),
    ask<Dictionaries['regions']>('regions'),
  ]);
  if (!tariffs.ok) return tariffs;
  if (!cardTypes.ok) return cardTypes;
  if (!regions.ok) return regions;
  return { ok: true, value: { tariffs: tariffs.value, cardTypes: cardTypes.value, regions: regions.value } };
}
