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
import { cardTypeView, regionView, tariffView } from './dictionary-views.js';

/** What an entry of each dictionary is. */
export interface DictionaryEntries {
  readonly tariffs: Tariff;
  readonly 'card-types': CardType;
  readonly regions: Region;
}

export type DictionaryName = keyof DictionaryEntries;

/** The body of an answer, as the contract's readers take it. */
export type AnswerBody = Parameters<typeof readTariffs>[0];

/** The description of one dictionary. */
export interface Dictionary<E> {
  readonly method: Extract<MethodName, 'app_get_tariff' | 'app_get_cardtype' | 'app_get_region'>;
  readonly read: (body: AnswerBody) => Reading<E[]>;
  /** The field of our answer that holds the list. */
  readonly field: string;
  /** An entry as the API gives it: ids as an order names them, amounts digit for digit. */
  readonly view: (entry: E) => object;
}

/** The three dictionaries of Тройка Бизнес. */
export const DICTIONARIES: { readonly [N in DictionaryName]: Dictionary<DictionaryEntries[N]> } = {
  tariffs: { method: 'app_get_tariff', read: readTariffs, field: 'tariffs', view: tariffView },
  'card-types': { method: 'app_get_cardtype', read: readCardTypes, field: 'cardTypes', view: cardTypeView },
  regions: { method: 'app_get_region', read: readRegions, field: 'regions', view: regionView },
};

export const DICTIONARY_NAMES = ['tariffs', 'card-types', 'regions'] as const;
