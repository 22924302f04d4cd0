import { MAX_FAULTS, type CreateOrderBody, type OrderLine, type Tariff } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import { kopecksAtBound } from '../../orders/decimal.js';
import type { DictionaryEntries, DictionaryName } from './dictionaries.js';
import type { Snapshot } from './snapshot.js';

/** What a dictionary says of an entry that an order may name. */
export interface KnownEntries<T> {
  /** By the number that an order names it with. */
  readonly entries: ReadonlyMap<number, T>;
  readonly isStale: () => boolean;
}

/** What a tariff asks of the amount. Bounds in kopecks, both included. */
export interface TariffRule {
  readonly isPurse: boolean;
  readonly least: number;
  readonly most: number;
  /** The bounds in words. */
  readonly range: string;
}

/** What a new card costs at most, price and deposit, in kopecks; undefined if the dictionary does not say. */
export interface CardRule {
  readonly most: number | undefined;
}

/** The dictionaries for the check of an order; a missing or empty one checks nothing. */
export interface OrderRules {
  readonly tariffs?: KnownEntries<TariffRule>;
  readonly 'card-types'?: KnownEntries<CardRule>;
  readonly regions?: KnownEntries<unknown>;
}

/** Prepares one dictionary for checking; undefined when it has nothing that an order could name. */
export function knownEntries<N extends DictionaryName, T>(
  snapshot: Snapshot<N>,
  rule: (entry: DictionaryEntries[N]) => T,
): KnownEntries<T> | undefined {
  const entries = new Map(snapshot.entries.map((entry) => [Number(entry.id), rule(entry)]));
  entries.delete(Number.NaN);
  return entries.size === 0 ? undefined : { entries, isStale: () => snapshot.isStale() };
}

export function tariffRule({ ticketGroup, priceMin, priceMax }: Tariff): TariffRule {
  const least = priceMin === undefined ? undefined : kopecksAtBound(priceMin, 'least');
  const most = priceMax === undefined ? undefined : kopecksAtBound(priceMax, 'most');
  const from = least === undefined ? '' : ` from ${priceMin}`;
  const to = most === undefined ? '' : ` up to ${priceMax}`;
  return {
    isPurse: ticketGroup?.toLowerCase() === 'purse',
    least: least ?? -Infinity,
    most: most ?? Infinity,
    range: `a number of roubles${from}${to}`,
  };
}

/**
 * Checks a valid order against the dictionaries: a known tariff, card type and region, and for a purse an amount within
 * its range (troika-business.md, "The order"). A stale dictionary may lack new entries and prices: then only the rule
 * that a purse needs an amount applies, and the partner decides the rest.
 *
 * @returns the faults, at most {@link MAX_FAULTS}, with pointers relative to the order
 */
export function checkOrder(order: CreateOrderBody, rules: OrderRules): FieldFault[] {
  const faults: FieldFault[] = [];
  if (isUnknown(order.regionId, rules.regions)) {
    faults.push({ pointer: '/regionId', detail: `Unknown regionId ${order.regionId}. See GET /catalog/regions.` });
  }
  for (let index = 0; index < order.orderData.length && faults.length < MAX_FAULTS; index += 1) {
    checkLine(order.orderData[index] as OrderLine, `/orderData/${index}`, rules, faults);
  }
  return faults.length > MAX_FAULTS ? faults.slice(0, MAX_FAULTS) : faults;
}

function checkLine(line: OrderLine, pointer: string, rules: OrderRules, faults: FieldFault[]): void {
  if (line.type === 'newcard' && isUnknown(line.cardTypeId, rules['card-types'])) {
    const detail = `Unknown cardTypeId ${line.cardTypeId}. See GET /catalog/card-types.`;
    faults.push({ pointer: `${pointer}/cardTypeId`, detail });
  }
  const { tariffs } = rules;
  if (tariffs === undefined) return;
  const tariff = tariffs.entries.get(line.tariffId);
  if (tariff === undefined) {
    if (tariffs.isStale()) return;
    faults.push({
      pointer: `${pointer}/tariffId`,
      detail: `Unknown tariffId ${line.tariffId}. See GET /catalog/tariffs.`,
    });
  } else if (tariff.isPurse) {
    checkAmount(line.amount, tariff, `${pointer}/amount`, tariffs.isStale(), faults);
  }
}

function checkAmount(
  amount: number | undefined,
  { least, most, range }: TariffRule,
  pointer: string,
  isStale: boolean,
  faults: FieldFault[],
): void {
  if (amount === undefined) {
    faults.push({ pointer, detail: `amount is required for this tariff, a purse; it must be ${range}.` });
    return;
  }
  // A valid amount is a whole number of kopecks, so this is exact.
  const kopecks = Math.round(amount * 100);
  if (!isStale && (kopecks < least || kopecks > most)) {
    faults.push({ pointer, detail: `amount must be ${range} for this tariff.` });
  }
}

function isUnknown(id: number | undefined, known: KnownEntries<unknown> | undefined): boolean {
  return id !== undefined && known !== undefined && !known.entries.has(id) && !known.isStale();
}
