import type { Tariff } from '@vestibule/troika-contract';
import type { Severity } from '../../operator-events/catalogue/kind.js';
import type { OperatorEvent } from '../../operator-events/operator-events.js';
import { cleanText } from '../../storage/clean-text.js';
import { plainDecimal } from '../../orders/decimal.js';

export type TariffChange = 'price-changed' | 'vanished' | 'appeared';

/** One change of a tariff, for the operator event. */
export interface NotedChange {
  readonly change: TariffChange;
  readonly event: OperatorEvent;
}

/** So many of one kind are reported one by one, the others together in one event, because no one reads five hundred. */
const MOST_SINGLE = 20;
const SEVERITIES: Readonly<Record<TariffChange, Severity>> = {
  'price-changed': 'warning',
  vanished: 'warning',
  appeared: 'info',
};
const TOGETHER: Readonly<Record<TariffChange, string>> = {
  'price-changed': 'further tariffs have another price now. GET /catalog/tariffs has all of them.',
  vanished: 'further tariffs are not sold any more: orders for them are refused.',
  appeared: 'further tariffs are new.',
};

interface Difference {
  readonly change: TariffChange;
  readonly tariffId: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What has changed between two readings of the tariffs; an amount written in another way is the same amount. */
export function compareTariffs(before: readonly Tariff[], after: readonly Tariff[]): NotedChange[] {
  const earlier = new Map(before.map((tariff) => [tariff.id, tariff]));
  const later = new Map(after.map((tariff) => [tariff.id, tariff]));
  const differences = [
    ...[...later.values()].flatMap((tariff) => differenceOf(earlier.get(tariff.id), tariff)),
    ...[...earlier.values()].filter(({ id }) => !later.has(id)).map(vanished),
  ];
  return (Object.keys(SEVERITIES) as TariffChange[]).flatMap((change) =>
    eventsOf(
      change,
      differences.filter((difference) => difference.change === change),
    ),
  );
}

function differenceOf(before: Tariff | undefined, after: Tariff): Difference[] {
  if (before === undefined) return [appeared(after)];
  if (same(before.priceMin, after.priceMin) && same(before.priceMax, after.priceMax)) return [];
  const [was, is] = [priceOf(before), priceOf(after)];
  return [
    {
      change: 'price-changed',
      tariffId: after.id,
      message: `${titleOf(after)} costs ${is} roubles now; it was ${was}.`,
      details: { ...identity(after), before: range(before), after: range(after) },
    },
  ];
}

function appeared(tariff: Tariff): Difference {
  return {
    change: 'appeared',
    tariffId: tariff.id,
    message: `${titleOf(tariff)} is new; it costs ${priceOf(tariff)} roubles.`,
    details: { ...identity(tariff), after: range(tariff) },
  };
}

function vanished(tariff: Tariff): Difference {
  return {
    change: 'vanished',
    tariffId: tariff.id,
    message: `${titleOf(tariff)} is not sold any more: orders for it are refused. Its producers should stop offering it.`,
    details: { ...identity(tariff), before: range(tariff) },
  };
}

function eventsOf(change: TariffChange, differences: readonly Difference[]): NotedChange[] {
  const common = { kind: `tariff.${change}`, severity: SEVERITIES[change] } as const;
  const single = differences.slice(0, MOST_SINGLE);
  const rest = differences.slice(MOST_SINGLE);
  return [
    ...single.map(({ message, details }) => ({ change, event: { ...common, message, details } })),
    ...rest.slice(0, 1).map(() => {
      const tariffIds = rest.map(({ tariffId }) => cleanText(tariffId));
      return { change, event: { ...common, message: `${rest.length} ${TOGETHER[change]}`, details: { tariffIds } } };
    }),
  ];
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && canonical(one) === canonical(other));
}

function canonical(amount: string): string {
  return plainDecimal(amount) ?? amount;
}

function identity({ id, name }: Tariff): { tariffId: string; name: string | null } {
  return { tariffId: cleanText(id), name: name === undefined ? null : cleanText(name) };
}

function range({ priceMin, priceMax }: Tariff): { priceMin: string | null; priceMax: string | null } {
  return { priceMin: priceMin ?? null, priceMax: priceMax ?? null };
}

function titleOf({ id, name }: Tariff): string {
  return cleanText(name === undefined ? `Tariff ${id}` : `Tariff ${id} «${name}»`);
}

function priceOf({ priceMin, priceMax }: Tariff): string {
  const [least, most] = [priceMin ?? '?', priceMax ?? '?'].map(canonical);
  return least === most ? String(least) : `${least}–${most}`;
}
